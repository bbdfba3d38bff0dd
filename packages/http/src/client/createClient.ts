import { Context, Effect, Layer } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, type HttpClientResponse } from "effect/http"
import { type HttpApi, HttpApiClient, type HttpApiGroup } from "effect/http-api"
import { InventoryAdmin } from "../apis/inventory-admin/InventoryAdmin.ts"
import { InventoryService } from "../apis/inventory-service/InventoryService.ts"
import { InventoryFlow } from "../apis/inventoryflow/InventoryFlow.ts"
import { Overview } from "../apis/overview/Overview.ts"
import { ThreeLevelInventory } from "../apis/three-level-inventory/ThreeLevelInventory.ts"
import { WarehouseManagement } from "../apis/warehouse-management/WarehouseManagement.ts"
import { System } from "../system/System.ts"
import { apiError, ConnectionError, isClientError, RequestError } from "./ClientError.ts"
import { type Answer, type CallOptions, type Facade, nameOf } from "./Facade.ts"

/** Where the service is, and who asks. */
export interface ClientOptions {
  /** The address the router is mounted at, such as `https://shop.example/stock`. */
  readonly baseUrl: string | URL
  /** An access token, or what gives one at each call; nobody asks without. */
  readonly token?: string | (() => string | null | Promise<string | null>) | undefined
  /** In place of the runtime's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** The call under way. */
interface Sending extends Pick<CallOptions, "idempotencyKey" | "ifMatch"> {
  isSent: boolean
}

const CurrentCall = Context.Reference<Sending>("@stockbook/http/client/CurrentCall", {
  defaultValue: () => ({ isSent: false })
})

/**
 * The documented APIs as functions that return promises, typed by the declarations the service itself is made of. They
 * reject with an `ApiError` for what the service refuses, with a `ConnectionError` where there is no answer, and with a
 * `RequestError` for what was not even sent. Runs wherever there is `fetch`.
 */
export const createClient = (options: ClientOptions) => {
  const facade = <Id extends string, Groups extends HttpApiGroup.Constraint>(api: HttpApi.HttpApi<Id, Groups>) =>
    facadeOf(api, options)
  const c = facade(InventoryService)
  return {
    system: facade(System).system,
    inventoryAdmin: facade(InventoryAdmin).inventory,
    threeLevelInventory: facade(ThreeLevelInventory),
    inventoryService: { ...c.inventory, ...c.reservations },
    warehouseManagement: facade(WarehouseManagement),
    inventoryFlow: facade(InventoryFlow),
    overview: facade(Overview).stock
  }
}

export type Client = ReturnType<typeof createClient>

type Endpoints = Readonly<Record<string, Readonly<Record<string, Run>>>>
type Run = (request: unknown) => Effect.Effect<readonly [unknown, HttpClientResponse.HttpClientResponse], unknown>

const facadeOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  options: ClientOptions
): Facade<Groups> => {
  const layer = Layer.merge(
    FetchHttpClient.layer,
    Layer.succeed(FetchHttpClient.Fetch, options.fetch ?? ((...args) => globalThis.fetch(...args)))
  )
  // The declarations ask nothing of a client beside a way to send: their middleware is the service's.
  const made: Effect.Effect<unknown, never, unknown> = HttpApiClient.make(api, {
    baseUrl: String(options.baseUrl).replace(/\/+$/, ""),
    transformClient: (http) => answered(HttpClient.mapRequestEffect(http, (request) => sent(request, options.token)))
  })
  const client = Effect.runSync(Effect.provide(made, layer) as Effect.Effect<unknown>) as Endpoints
  const groups = Object.entries(client).map(([id, endpoints]) => [
    nameOf(id),
    Object.fromEntries(Object.entries(endpoints).map(([name, run]) => [name, callOf(run, layer)]))
  ])
  // The types say of each endpoint what its declaration says; the client was made of the same declaration.
  return Object.fromEntries(groups) as Facade<Groups>
}

const callOf = (run: Run, layer: Layer.Layer<never>) => {
  const answer = async (request: CallOptions = {}): Promise<Answer<unknown>> => {
    const { signal, idempotencyKey, ifMatch, ...parts } = request
    const call: Sending = { idempotencyKey, ifMatch, isSent: false }
    const effect = run({ query: {}, ...parts, responseMode: "decoded-and-response" }).pipe(
      Effect.map(([data, response]) => answerOf(data, response)),
      Effect.provideService(CurrentCall, call),
      Effect.provide(layer)
    )
    try {
      return await Effect.runPromise(effect, signal === undefined ? {} : { signal })
    } catch (error) {
      signal?.throwIfAborted()
      throw clientError(error, call.isSent)
    }
  }
  return Object.assign(async (request?: CallOptions) => (await answer(request)).data, { answer })
}

const answerOf = (data: unknown, { status, headers }: HttpClientResponse.HttpClientResponse): Answer<unknown> => ({
  data,
  status,
  etag: headers["etag"] ?? null,
  location: headers["location"] ?? null,
  replayed: headers["idempotency-replayed"] === "true"
})

/** The request with who asks and what was said with the call. */
const sent = (request: HttpClientRequest.HttpClientRequest, token: ClientOptions["token"]) =>
  Effect.gen(function* () {
    const call = yield* CurrentCall
    const { idempotencyKey, ifMatch } = call
    const bearer = typeof token === "function" ? yield* Effect.promise(async () => token()) : (token ?? null)
    call.isSent = true
    return HttpClientRequest.setHeaders(request, {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch })
    })
  })

/** A client whose answers are those that say it was done; the others are errors. */
const answered = (client: HttpClient.HttpClient): HttpClient.HttpClient =>
  HttpClient.transformResponse(client, (answer) =>
    Effect.flatMap(answer, (response) =>
      response.status < 400
        ? Effect.succeed(response)
        : Effect.flatMap(response.text, (text) => Effect.die(apiError(response.status, response.headers, text)))
    )
  )

const clientError = (error: unknown, isSent: boolean) => {
  if (isClientError(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  return isSent ? new ConnectionError({ message, cause: error }) : new RequestError({ message, cause: error })
}
