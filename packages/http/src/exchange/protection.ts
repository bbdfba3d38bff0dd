import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
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

/** An answer that only notes the headers it is given. */
class Noting extends ServerResponse {
  readonly headers: Array<readonly [name: string, value: string | number | ReadonlyArray<string>]> = []

  override setHeader(name: string, value: string | number | ReadonlyArray<string>): this {
    this.headers.push([name, value])
    return this
  }
}

/** What helmet says of every answer: the same each time, and so asked of it once. */
const secured = (): RequestHandler => {
  const request = new IncomingMessage(new Socket())
  const noting = new Noting(request)
  // Strict transport is a promise for the whole domain, which is the host's to make, not that of a router within it.
  helmet({ strictTransportSecurity: false })(request, noting, () => {})
  return (_, response, next) => {
    response.removeHeader("X-Powered-By")
    for (const [name, value] of noting.headers) response.setHeader(name, value)
    next()
  }
}

/** Security headers, and CORS where the host wants any. */
export const protection = (options: { readonly cors: CorsOptions | undefined }): ReadonlyArray<RequestHandler> => {
  const secure = secured()
  return options.cors === undefined
    ? [secure, varied]
    : [secure, cors({ exposedHeaders: [...EXPOSED], ...options.cors }), varied]
}
