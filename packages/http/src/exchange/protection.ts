import compression from "compression"
import cors, { type CorsOptions } from "cors"
import type { RequestHandler } from "express"
import helmet from "helmet"

/** Answers smaller than this, in bytes, are sent as they are: compressing them costs more than it saves. */
const WORTH_COMPRESSING = 2048

/** What pages of other origins may read of an answer, beside its body. */
const EXPOSED = ["ETag", "Idempotency-Replayed", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"]

/** Security headers, compression of large answers, and CORS where the host wants any. */
export const protection = (options: { readonly cors: CorsOptions | undefined }): ReadonlyArray<RequestHandler> => {
  const compress = compression({ threshold: WORTH_COMPRESSING })
  const compressReads: RequestHandler = (request, response, next) =>
    // Only reads answer at length; writes are spared the wrapping of their response.
    request.method === "GET" && request.headers["accept-encoding"] !== undefined
      ? compress(request, response, next)
      : next()
  // Strict transport is a promise for the whole domain, which is the host's to make, not that of a router within it.
  const secure = helmet({ strictTransportSecurity: false })
  return options.cors === undefined
    ? [secure, compressReads]
    : [secure, cors({ exposedHeaders: [...EXPOSED], ...options.cors }), compressReads]
}
