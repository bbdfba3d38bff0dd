import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { ByteSize, Context, Effect, Layer, Scope } from "effect"
import { HttpIncomingMessage, HttpRouter } from "effect/http"
import type { RequestHandler } from "express"
import type { ApiServices, DocumentedApi } from "../apis/DocumentedApi.ts"
import { application } from "./application.ts"
import type { Logger } from "./Log.ts"
import { plainWriteHead } from "./plainWriteHead.ts"
import { matching } from "./RouteTable.ts"

/** What the APIs are served with: the services of one store, for as long as the scope is open. */
interface Serving {
  readonly opened: Promise<Context.Context<ApiServices>>
  readonly scope: Scope.Scope
  readonly log: Logger
  /** Bytes. */
  readonly bodyLimit: number
}

/** One handler of these APIs: everything a request needs is built here, once. */
export const serve = async (apis: ReadonlyArray<DocumentedApi>, serving: Serving): Promise<RequestHandler> => {
  const services = await serving.opened
  // With the services come those that are in no type: where spans go.
  return Effect.runPromiseWith(services)(Scope.provide(handlerOf(apis, services, serving), serving.scope))
}

const handlerOf = Effect.fnUntraced(
  function* (apis: ReadonlyArray<DocumentedApi>, services: Context.Context<ApiServices>, { log, bodyLimit }: Serving) {
    const routes = every(apis.map((api) => api.layer)).pipe(
      Layer.provide([Layer.succeedContext(services), NodeHttpServer.layerHttpServices])
    )
    const app = application(yield* HttpRouter.toHttpEffect(routes), apis, log)
    const handler = yield* NodeHttpServer.makeHandler(app, { scope: yield* Effect.scope }).pipe(
      Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(bodyLimit)),
      Effect.updateContext(withoutOurs)
    )
    const handle: RequestHandler = (request, response) => {
      plainWriteHead(response)
      handler(request, response)
    }
    return handle
  },
  Effect.provideService(HttpRouter.RouterConfig, matching)
)

const every = <R>(layers: ReadonlyArray<Layer.Layer<never, never, R>>): Layer.Layer<never, never, R> =>
  layers.reduce((all, layer) => Layer.merge(all, layer), Layer.empty as Layer.Layer<never, never, R>)

/**
 * A context without Stockbook's services, for requests to begin with: their handlers were given those when they were
 * made, and a request's context is copied more than once on its way to them.
 */
const withoutOurs = (context: Context.Context<never>): Context.Context<never> =>
  Context.makeUnsafe(new Map(Array.from(context.mapUnsafe).filter(([key]) => !key.startsWith("@stockbook/"))))
