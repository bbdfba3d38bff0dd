import type { StoreError } from "@stockbook/core"
import type { RequestHandler } from "express"
import { begin, type Exchange } from "./Exchange.ts"
import type { Logger, StoreEntry } from "./Log.ts"
import { requestId } from "./requestId.ts"

/** Opens the exchange: gives the answer its `X-Request-Id` and the log its line. */
export const track =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const id = requestId(request)
    const exchange: Exchange = {
      id,
      startedAt: performance.now(),
      base: request.baseUrl,
      address: request.ip ?? request.socket.remoteAddress ?? "",
      // Only a stream read to its end has been parsed by somebody; `body` alone may be a default.
      parsed: request.readableEnded ? { body: request.body } : null,
      actor: null,
      trouble: null
    }
    begin(request, exchange)
    response.setHeader("X-Request-Id", id)
    const { method, originalUrl } = request
    response.once("close", () => {
      if (exchange.trouble !== null) log(storeEntry(id, exchange.trouble))
      const query = originalUrl.indexOf("?")
      log({
        level: "info",
        event: "request",
        time: new Date().toISOString(),
        requestId: id,
        method,
        path: query === -1 ? originalUrl : originalUrl.slice(0, query),
        status: response.writableFinished ? response.statusCode : 499,
        ms: Math.round((performance.now() - exchange.startedAt) * 100) / 100,
        organization: exchange.actor?.organization ?? null,
        user: exchange.actor?.user ?? null
      })
    })
    next()
  }

const storeEntry = (requestId: string, { reason, message }: StoreError): StoreEntry => ({
  level: "warn",
  event: "store",
  time: new Date().toISOString(),
  requestId,
  reason,
  cause: message
})
