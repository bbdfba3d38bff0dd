import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Stockbook, sweeper } from "@stockbook/core"
import { ByteSize, Cause, type Context, Effect, Exit, Layer, Scope } from "effect"
import { HttpIncomingMessage, HttpRouter } from "effect/http"
import { type RequestHandler, Router } from "express"
import type { ApiServices } from "./apis/DocumentedApi.ts"
import { apis } from "./apis/index.ts"
import { documents } from "./documents/documents.ts"
import { application } from "./exchange/application.ts"
import { jsonLines, type Logger } from "./exchange/Log.ts"
import { plainWriteHead } from "./exchange/plainWriteHead.ts"
import { protection } from "./exchange/protection.ts"
import { matching } from "./exchange/RouteTable.ts"
import { track } from "./exchange/track.ts"
import { hostIdentityOnly } from "./identity/hostIdentityOnly.ts"
import { identityLayer } from "./identity/identityLayer.ts"
import { type DeliveryOffice, deliveryOffice } from "./notifications/DeliveryOffice.ts"
import { notifications } from "./notifications/notifications.ts"
import type { StockbookOptions, StoreServices } from "./Options.ts"
import { detailShape } from "./problems/ErrorShape.ts"

/** An Express router that holds a store open until it is closed. */
export interface StockbookRouter extends Router {
  /** Settles when the store is open; requests that come before wait. Rejects if it cannot be opened. */
  readonly ready: Promise<void>
  /** Notifications on their way, sent and given up. */
  readonly deliveries: DeliveryOffice
  /** Releases the store. Requests that come later are answered with 503. */
  readonly close: () => Promise<void>
}

const DEFAULT_BODY_LIMIT = 1024 * 1024

/**
 * The documented APIs as a router for any Express 5 app: `app.use("/stock", stockbook({ … }))`.
 *
 * Throws at once on settings that would be unsafe, such as a short token secret, or that cannot work.
 */
export const stockbook = (options: StockbookOptions): StockbookRouter => {
  const log = options.log ?? jsonLines()
  const scope = Effect.runSync(Scope.make())
  const background = Layer.merge(sweeper(), notifications(options.notifications ?? {}, log))
  const stock = background.pipe(Layer.provideMerge(Stockbook.layer(options.engine)))
  let store: Context.Context<StoreServices> | null = null
  const keep = (opened: Context.Context<StoreServices>) =>
    Effect.sync(() => {
      store = opened
    })
  const services = identityLayer(options).pipe(
    Layer.provideMerge(stock),
    Layer.provideMerge(Layer.tap(options.store, keep))
  )
  let serve: RequestHandler | null = null
  const opened = open(services, options.bodyLimit ?? DEFAULT_BODY_LIMIT, log)
  const ready = Effect.runPromise(opened.pipe(Scope.provide(scope), Effect.tapCause(logged(log)))).then((handler) => {
    serve ??= handler
  })
  // Whoever does not wait for `ready` learns of a failure from the log and the answers.
  ready.catch(() => {
    serve = unavailable
  })

  const router = Router()
  router.use(track(log), ...protection({ cors: options.cors }))
  if (options.authenticate !== undefined) router.use(hostIdentityOnly)
  router.use(documents())
  router.use((request, response, next) => {
    if (serve !== null) return serve(request, response, next)
    const whenOpen = () => (serve ?? unavailable)(request, response, next)
    return ready.then(whenOpen, whenOpen)
  })
  return Object.assign(router, {
    ready,
    deliveries: deliveryOffice(async (work) => {
      await ready
      if (store === null) throw new Error("The store is closed")
      return Effect.runPromise(Effect.provide(work, store))
    }),
    close: async () => {
      serve = unavailable
      store = null
      await Effect.runPromise(Scope.close(scope, Exit.void))
    }
  })
}

/** Opens the store, and makes one handler of all APIs: everything a request needs is built here, once. */
const open = Effect.fnUntraced(
  function* (services: Layer.Layer<ApiServices, unknown>, bodyLimit: number, log: Logger) {
    const routes = every(apis.map((api) => api.layer)).pipe(Layer.provide([services, NodeHttpServer.layerHttpServices]))
    const app = application(yield* HttpRouter.toHttpEffect(routes), apis, log)
    const handler = yield* NodeHttpServer.makeHandler(app, { scope: yield* Effect.scope }).pipe(
      Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(bodyLimit))
    )
    const serve: RequestHandler = (request, response) => {
      plainWriteHead(response)
      handler(request, response)
    }
    return serve
  },
  Effect.provideService(HttpRouter.RouterConfig, matching)
)

const every = <R>(layers: ReadonlyArray<Layer.Layer<never, never, R>>): Layer.Layer<never, never, R> =>
  layers.reduce((all, layer) => Layer.merge(all, layer), Layer.empty as Layer.Layer<never, never, R>)

const logged = (log: Logger) => (cause: Cause.Cause<unknown>) =>
  Effect.sync(() =>
    log({ level: "error", event: "fault", time: new Date().toISOString(), requestId: null, cause: Cause.pretty(cause) })
  )

const unavailable: RequestHandler = (_, response) => {
  response.status(503).json(detailShape.problem("Service Unavailable"))
}
