import { Effect, Predicate } from "effect"
import { type HttpServerRequest, UrlParams } from "effect/http"
import type { Exchange } from "./Exchange.ts"

/**
 * The request as handlers should see it: its own stream, or what a body parser of the host app made of that stream.
 * A parsed body is written as text again, so that one decoder judges both.
 */
export const readable = (
  request: HttpServerRequest.HttpServerRequest,
  exchange: Exchange
): HttpServerRequest.HttpServerRequest => {
  if (exchange.parsed === null) return request
  const { body } = exchange.parsed
  return Object.create(request, {
    text: { value: Effect.sync(() => asText(body)) },
    urlParamsBody: { value: Effect.sync(() => UrlParams.fromInput(asFields(body))) }
  })
}

const asText = (body: unknown): string => {
  if (body === undefined) return ""
  if (typeof body === "string") return body
  if (Buffer.isBuffer(body)) return body.toString("utf8")
  try {
    return JSON.stringify(body) ?? ""
  } catch {
    // Nested deeper than the stack: no schema takes it, and neither does this text.
    return "["
  }
}

const asFields = (body: unknown): Array<readonly [string, string]> => {
  if (typeof body === "string") return [...new URLSearchParams(body)]
  if (Buffer.isBuffer(body)) return [...new URLSearchParams(body.toString("utf8"))]
  if (!Predicate.isObject(body)) return []
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).filter(Predicate.isString).map((text) => [name, text] as const)
  )
}
