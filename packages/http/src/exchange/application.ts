import { type Cause, Context, Effect, type Scope } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import type { DocumentedApi } from "../apis/DocumentedApi.ts"
import { isGuarded } from "../identity/isGuarded.ts"
import { detailShape, type ErrorShape } from "../problems/ErrorShape.ts"
import { type Exchange, exchangeOf } from "./Exchange.ts"
import { encoded } from "./encoded.ts"
import { keyOf } from "./IdempotencyKey.ts"
import type { Logger } from "./Log.ts"
import { lastOfEach } from "./lastOfEach.ts"
import { failureResponse, finished } from "./outcome.ts"
import { readable } from "./ParsedBody.ts"
import { asRead, Representation, thingAt } from "./Representation.ts"
import { routeTable } from "./RouteTable.ts"

type Requirements = HttpServerRequest.HttpServerRequest | Scope.Scope

/** The routes as one program that always answers: in the words of the API whose path was asked for. */
export const application = <E>(
  routes: Effect.Effect<HttpServerResponse.HttpServerResponse, E, Requirements>,
  apis: ReadonlyArray<DocumentedApi>,
  log: Logger
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, Requirements> => {
  const table = routeTable(apis.flatMap((api) => api.routes))
  const shapeAt = shapesOf(apis)
  const answered = (
    request: HttpServerRequest.HttpServerRequest,
    exchange: Exchange
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, never, Requirements> =>
    Effect.matchCauseEffect(isKeyIdle(request) ? Effect.andThen(keyOf(request), routes) : routes, {
      onSuccess: (response) => Effect.succeed(finished(response, request, exchange, shapeAt, table)),
      onFailure: (cause: Cause.Cause<unknown>) => {
        const shape = shapeAt(request.url)
        return failureResponse(cause, request, exchange, shape, table, log)
      }
    })

  /**
   * Whether there is a key that nobody would look at: logging in changes nothing, and its answer is not to be kept, but
   * a wrong key is wrong everywhere.
   */
  const isKeyIdle = (request: HttpServerRequest.HttpServerRequest): boolean => {
    if (request.method === "GET" || request.headers["idempotency-key"] === undefined) return false
    const route = table.find(request.method, request.url)?.handler
    return route !== undefined && route.method !== "GET" && !isGuarded(route.endpoint)
  }

  /** What reading the path of a write would answer; `null` where the path as it is declared has no GET. */
  const representation = (request: HttpServerRequest.HttpServerRequest, exchange: Exchange) => {
    const path = table.find(request.method, request.url)?.handler.path
    const thing = thingOf(request.url, path)
    if (path === undefined || table.find("GET", thing)?.handler.path !== thingAt(path)) return Effect.succeed(null)
    const reading = asRead(request, thing)
    return Effect.map(Effect.context<Requirements>(), (context) =>
      answered(reading, exchange).pipe(
        Effect.provideContext(Context.add(context, HttpServerRequest.HttpServerRequest, reading))
      )
    )
  }

  return Effect.flatMapEager(HttpServerRequest.HttpServerRequest, (received) => {
    const exchange = exchangeOf(received)
    const request = readable(lastOfEach(received), exchange)
    const answer = answered(request, exchange)
    const conditional =
      request.headers["if-match"] === undefined
        ? answer
        : Effect.flatMap(representation(request, exchange), (reading) =>
            Effect.provideService(answer, Representation, reading)
          )
    const whole =
      request === received
        ? conditional
        : Effect.provideService(conditional, HttpServerRequest.HttpServerRequest, request)
    return Effect.flatMap(whole, (response) => encoded(response, request))
  })
}

/** What the write of a path is done to, without the query, where the path as declared is an action. */
const thingOf = (url: string, path = ""): string =>
  thingAt(path) === path ? url : thingAt(url.split(/[?#]/, 1)[0] ?? url)

/** Whose words an error at this path is put in: the API with the longest prefix of it. */
export const shapesOf = (apis: ReadonlyArray<DocumentedApi>): ((url: string) => ErrorShape) => {
  const byLength = [...apis].sort((one, other) => other.prefix.length - one.prefix.length)
  return (url) => {
    const path = url.split(/[?#]/, 1)[0] ?? url
    const owner = byLength.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
    return owner?.shape ?? detailShape
  }
}
