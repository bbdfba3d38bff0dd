import { retention, Stockbook, StockEngine, sweeper } from "@stockbook/core"
import { Cause, Context, Effect, Exit, Layer, Scope } from "effect"
import { Router } from "express"
import type { DocumentedApi } from "./apis/DocumentedApi.ts"
import { type ApiName, apis, apisNamed } from "./apis/index.ts"
import { overview } from "./apis/overview/index.ts"
import { warehouseManagement } from "./apis/warehouse-management/index.ts"
import { checkOptions } from "./checkOptions.ts"
import { consoleRouter } from "./console/console.ts"
import { documents } from "./documents/documents.ts"
import { pagesOnly } from "./documents/pagesOnly.ts"
import { shapesOf } from "./exchange/application.ts"
import { gated } from "./exchange/gated.ts"
import { jsonLines, type Logger } from "./exchange/Log.ts"
import { protection } from "./exchange/protection.ts"
import { serve } from "./exchange/serve.ts"
import { track } from "./exchange/track.ts"
import { hostIdentityOnly, isHostsToo } from "./identity/hostIdentityOnly.ts"
import { identityLayer } from "./identity/identityLayer.ts"
import { Shedder } from "./load/Shedder.ts"
import { shedding } from "./load/shedding.ts"
import { type DeliveryOffice, deliveryOffice } from "./notifications/DeliveryOffice.ts"
import { notifications } from "./notifications/notifications.ts"
import type { StockbookOptions } from "./Options.ts"
import { metricsRoute } from "./system/metricsRoute.ts"

/** An Express router that holds a store open until it is closed. */
export interface StockbookRouter extends Router {
  /** Settles when the store is open; requests that come before wait. Rejects if it cannot be opened. */
  readonly ready: Promise<void>
  /** Notifications on their way, sent and given up. */
  readonly deliveries: DeliveryOffice
  /** How busy it is now. */
  readonly load: () => Load
  /**
   * A router of some of the APIs over the same store, to be mounted at a place of their own: `app.use("/c",
   * router.only("inventory-service"))`. The documents there are of these APIs; `/health` and `/ready` are everywhere.
   */
  readonly only: (...names: readonly [ApiName, ...Array<ApiName>]) => Router
  /** Releases the store. Requests that come later are answered with 503. */
  readonly close: () => Promise<void>
}

/** How busy a router is. */
export interface Load {
  /** Requests taken in and not answered. */
  readonly inFlight: number
  /** Commands waiting for the engine's next batch. */
  readonly waiting: number
  /** Whether requests are being turned away. */
  readonly shedding: boolean
  /** Requests turned away with 503 since the start. */
  readonly shed: number
}

/** What the console takes its user's token from. */
const LOGIN = "/api/v1/auth/login-json"

/** Ten thousand rows of a bulk update, each with all its fields. */
const DEFAULT_BODY_LIMIT = 4 * 1024 * 1024

/**
 * The documented APIs as a router for any Express 5 app: `app.use("/stock", stockbook({ … }))`.
 *
 * Throws at once on settings that would be unsafe, such as a short token secret, that cannot work, or that there are not
 * (`InvalidOption`).
 */
export const stockbook = (options: StockbookOptions): StockbookRouter => {
  checkOptions(options)
  const log = options.log ?? jsonLines()
  const shedder = options.load === null ? null : new Shedder(options.load ?? {})
  const scope = Effect.runSync(Scope.make())
  const background = Layer.mergeAll(
    sweeper(),
    options.notifications === null ? Layer.empty : notifications(options.notifications ?? {}, log),
    options.retention === null ? Layer.empty : retention(options.retention ?? {})
  )
  const stock = background.pipe(Layer.provideMerge(Stockbook.layer(options.engine)))
  const services = identityLayer(options).pipe(
    Layer.provideMerge(stock),
    Layer.provideMerge(options.store),
    Layer.provideMerge(options.telemetry ?? Layer.empty)
  )
  const opened = Effect.runPromise(Layer.build(services).pipe(Scope.provide(scope), Effect.tapCause(logged(log))))
  const serving = { opened, scope, log, bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT }
  const users = options.authenticate === undefined
  const metrics = options.metrics === undefined ? null : metricsRoute(options.metrics)
  let closed = false
  let waiting = () => 0
  opened.then(
    (context) => {
      const engine = Context.get(context, StockEngine)
      waiting = () => Effect.runSync(engine.waiting)
    },
    () => {}
  )

  const mounted = (selection: ReadonlyArray<DocumentedApi>) => {
    const shapeAt = shapesOf(selection)
    const gate = gated(serve(selection, serving), shapeAt, () => closed)
    const router = Router()
    router.use(track(log), ...protection({ cors: options.cors }))
    if (!users) router.use(hostIdentityOnly)
    const pages = Router().use(documents(selection, users ? undefined : isHostsToo))
    if (selection.includes(overview)) {
      pages.use(consoleRouter(users && selection.includes(warehouseManagement) ? LOGIN : null))
    }
    if (metrics !== null) pages.use(metrics)
    router.use(pagesOnly(pages))
    if (shedder !== null) router.use(shedding(shedder, shapeAt))
    router.use(gate.handler)
    return { router, ready: gate.ready }
  }

  const { router, ready } = mounted(apis)
  return Object.assign(router, {
    ready,
    deliveries: deliveryOffice(async (work) => {
      const context = await opened
      if (closed) throw new Error("The store is closed")
      return Effect.runPromise(Effect.provide(work, context))
    }),
    load: () => {
      const { inFlight, shedding, shed } = shedder?.figures ?? { inFlight: 0, shedding: false, shed: 0 }
      return { inFlight, waiting: waiting(), shedding, shed }
    },
    only: (...names: ReadonlyArray<ApiName>) => mounted(apisNamed(names)).router,
    close: async () => {
      closed = true
      await Effect.runPromise(Scope.close(scope, Exit.void))
    }
  })
}

const logged = (log: Logger) => (cause: Cause.Cause<unknown>) =>
  Effect.sync(() =>
    log({ level: "error", event: "fault", time: new Date().toISOString(), requestId: null, cause: Cause.pretty(cause) })
  )
