import { StoreError } from "@stockbook/core"
import { Cause, Effect } from "effect"
import { HttpServerError, type HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiError } from "effect/http-api"
import type { ErrorShape } from "../problems/ErrorShape.ts"
import { storeTrouble } from "../problems/storeTrouble.ts"
import { codings, UnsupportedCoding } from "./Compressed.ts"
import { tagged } from "./Etag.ts"
import type { Exchange } from "./Exchange.ts"
import { Instead } from "./Instead.ts"
import type { Logger } from "./Log.ts"
import { located } from "./located.ts"
import type { RouteTable } from "./RouteTable.ts"
import { requestErrors } from "./requestErrors.ts"

type Response = HttpServerResponse.HttpServerResponse

/** How soon it may be tried again where nothing else says so, in seconds. */
const RETRY = { "retry-after": "1" }

/** An answer in the API's own shape. */
const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  HttpServerResponse.jsonUnsafe(body, { status, headers })

/** What became of a request that no handler answered. */
export const failureResponse = (
  cause: Cause.Cause<unknown>,
  request: HttpServerRequest.HttpServerRequest,
  exchange: Exchange,
  shape: ErrorShape,
  routes: RouteTable,
  log: Logger
): Effect.Effect<Response, never> => {
  for (const reason of cause.reasons) {
    const error = reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : undefined
    if (HttpApiError.HttpApiSchemaError.is(error) && error.kind !== "Body" && error.kind !== "ResponseHeaders") {
      return Effect.map(requestErrors(error, request, routes), (errors) => answer(422, shape.validation(errors)))
    }
    if (error instanceof Instead) return Effect.succeed(error.answer(shape))
    if (error instanceof UnsupportedCoding) {
      return Effect.succeed(answer(415, shape.problem("Unsupported Media Type"), { "accept-encoding": codings }))
    }
    // Users are kept by a port that has no error for a store that does not answer.
    const trouble = error instanceof StoreError ? storeTrouble(error) : null
    if (error instanceof StoreError && trouble !== null) {
      exchange.trouble = error
      return Effect.succeed(answer(503, shape.problem(trouble), RETRY))
    }
    if (HttpServerError.isHttpServerError(error)) {
      if (error.reason._tag === "RouteNotFound") return Effect.succeed(unrouted(request, shape, routes))
      if (error.reason._tag === "RequestParseError") {
        return Effect.succeed(
          error.reason.reason === "BodyTooLarge"
            ? answer(413, shape.problem("Request body too large"), { connection: "close" })
            : answer(400, shape.problem("There was an error parsing the body"))
        )
      }
    }
  }
  // An interrupted request has nobody left to answer; the server's own handling knows what to write.
  if (Cause.hasInterruptsOnly(cause)) return Effect.failCause(cause as Cause.Cause<never>)
  log({
    level: "error",
    event: "fault",
    time: new Date().toISOString(),
    requestId: exchange.id,
    cause: Cause.pretty(cause)
  })
  return Effect.succeed(answer(500, shape.problem("Internal Server Error", { request_id: exchange.id })))
}

const unrouted = (request: HttpServerRequest.HttpServerRequest, shape: ErrorShape, routes: RouteTable): Response => {
  const allowed = routes.methodsAt(request.url)
  if (allowed.length === 0) return answer(404, shape.problem("Not Found"))
  return request.method === "OPTIONS"
    ? HttpServerResponse.empty({ headers: { allow: allowed.join(", ") } })
    : answer(405, shape.problem("Method Not Allowed"), { allow: allowed.join(", ") })
}

/** What an answer gets whichever handler made it. */
export const finished = (
  response: Response,
  request: HttpServerRequest.HttpServerRequest,
  exchange: Exchange,
  shapeAt: (url: string) => ErrorShape,
  routes: RouteTable
): Response => {
  switch (response.status) {
    case 200:
      return request.method === "GET" || request.method === "HEAD" ? tagged(response, request) : response
    case 201:
      return located(response, request, exchange, routes)
    case 401:
      return HttpServerResponse.setHeader(response, "www-authenticate", "Bearer")
    case 429:
      return response.headers["retry-after"] === undefined ? HttpServerResponse.setHeaders(response, RETRY) : response
    case 503:
      return HttpServerResponse.setHeader(response, "retry-after", RETRY["retry-after"])
    case 415:
      // The builder's own answer to a media type that no endpoint takes.
      return answer(415, shapeAt(request.url).problem("Unsupported Media Type"))
    default:
      return response
  }
}
