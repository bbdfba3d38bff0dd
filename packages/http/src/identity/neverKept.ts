import { Effect } from "effect"
import { HttpEffect, type HttpServerRequest, HttpServerResponse } from "effect/http"

/** An answer that holds tokens, of which nothing on the way may keep a copy (RFC 6749, 5.1). */
export const neverKept = <A, E, R>(
  tokens: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R | HttpServerRequest.HttpServerRequest> =>
  Effect.tap(tokens, () =>
    HttpEffect.appendPreResponseHandler((_, response) =>
      Effect.succeed(HttpServerResponse.setHeader(response, "cache-control", "no-store"))
    )
  )
