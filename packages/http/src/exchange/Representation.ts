import { Context, Effect } from "effect"
import type { HttpServerRequest, HttpServerResponse } from "effect/http"
import { etagOf, matches } from "./Etag.ts"
import { answerInstead, preconditionFailed } from "./Instead.ts"

/**
 * What a GET of the same path, or of the thing that the path is an action on, would answer now, for requests with `If-Match`; `null` where the path has no GET. Set by
 * the application, which alone knows all routes.
 */
export const Representation = Context.Reference<Effect.Effect<HttpServerResponse.HttpServerResponse> | null>(
  "@stockbook/http/exchange/Representation",
  { defaultValue: () => null }
)

/** The request as the GET of a path by the same client. */
export const asRead = (
  request: HttpServerRequest.HttpServerRequest,
  url: string
): HttpServerRequest.HttpServerRequest => {
  const { "if-match": _, "if-none-match": __, "idempotency-key": ___, ...headers } = request.headers
  return Object.create(request, { method: { value: "GET" }, headers: { value: headers }, url: { value: url } })
}

/** The path of the thing that an action is done to: `/things/7/complete` completes `/things/7`; else the path itself. */
export const thingAt = (path: string): string => path.replace(/(\/(?:\d+|:\w+))\/[a-z][a-z-]*\/?$/, "$1")

/**
 * Passes if the thing at this path is as the client has seen it: if its entity tag now is among those of `If-Match`.
 * Else the answer is 412, or what reading it would answer if it is not there.
 */
export const unchangedFor = (list: string): Effect.Effect<void> =>
  Effect.flatMap(Representation, (read) =>
    read === null
      ? preconditionFailed
      : Effect.flatMap(read, (response) => {
          if (response.status !== 200) return answerInstead(response)
          const etag = etagOf(response)
          return etag !== null && matches(list, etag) ? Effect.void : preconditionFailed
        })
  )
