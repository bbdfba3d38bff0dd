import cors, { type CorsOptions } from "cors"
import type { RequestHandler } from "express"
import helmet from "helmet"

/** What pages of other origins may read of an answer, beside its body. */
const EXPOSED = ["ETag", "Idempotency-Replayed", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"]

/** Whoever keeps an answer has to keep it for clients that take the same codings. */
const varied: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD") response.vary("Accept-Encoding")
  next()
}

/** Security headers, and CORS where the host wants any. */
export const protection = (options: { readonly cors: CorsOptions | undefined }): ReadonlyArray<RequestHandler> => {
  // Strict transport is a promise for the whole domain, which is the host's to make, not that of a router within it.
  const secure = helmet({ strictTransportSecurity: false })
  return options.cors === undefined
    ? [secure, varied]
    : [secure, cors({ exposedHeaders: [...EXPOSED], ...options.cors }), varied]
}
