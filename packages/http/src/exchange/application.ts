import { type Cause, Effect, type Scope } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import type { DocumentedApi } from "../apis/DocumentedApi.ts"
import { detailShape, type ErrorShape } from "../problems/ErrorShape.ts"
import { exchangeOf } from "./Exchange.ts"
import type { Logger } from "./Log.ts"
import { lastOfEach } from "./lastOfEach.ts"
import { failureResponse, finished } from "./outcome.ts"
import { readable } from "./ParsedBody.ts"
import { routeTable } from "./RouteTable.ts"

type Requirements = HttpServerRequest.HttpServerRequest | Scope.Scope

/** The routes as one program that always answers: in the words of the API whose path was asked for. */
export const application = <E>(
  routes: Effect.Effect<HttpServerResponse.HttpServerResponse, E, Requirements>,
  apis: ReadonlyArray<DocumentedApi>,
  log: Logger
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, Requirements> => {
  const table = routeTable(apis.flatMap((api) => api.routes))
  const shapeAt = shapes(apis)
  return Effect.flatMapEager(HttpServerRequest.HttpServerRequest, (received) => {
    const exchange = exchangeOf(received)
    const request = readable(lastOfEach(received), exchange)
    const answered = Effect.matchCauseEffect(routes, {
      onSuccess: (response) => Effect.succeed(finished(response, request, shapeAt)),
      onFailure: (cause: Cause.Cause<unknown>) => {
        const shape = shapeAt(request.url)
        return failureResponse(cause, request, exchange, shape, table, log)
      }
    })
    return request === received
      ? answered
      : Effect.provideService(answered, HttpServerRequest.HttpServerRequest, request)
  })
}

/** Whose words an error at this path is put in: the API with the longest prefix of it. */
const shapes = (apis: ReadonlyArray<DocumentedApi>): ((url: string) => ErrorShape) => {
  const byLength = [...apis].sort((one, other) => other.prefix.length - one.prefix.length)
  return (url) => {
    const path = url.split(/[?#]/, 1)[0] ?? url
    const owner = byLength.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
    return owner?.shape ?? detailShape
  }
}
