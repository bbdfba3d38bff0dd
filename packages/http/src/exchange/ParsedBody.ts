import { Effect, Predicate } from "effect"
import { type HttpServerRequest, UrlParams } from "effect/http"
import { codingOf, inflated } from "./Compressed.ts"
import type { Exchange } from "./Exchange.ts"

/**
 * The request as handlers should see it: its own stream, that stream inflated, or what a body parser of the host app
 * made of it. A parsed body is written as text again, so that one decoder judges all.
 */
export const readable = (
  request: HttpServerRequest.HttpServerRequest,
  exchange: Exchange
): HttpServerRequest.HttpServerRequest => {
  if (exchange.parsed !== null) {
    const { body } = exchange.parsed
    return withBody(
      request,
      Effect.sync(() => body)
    )
  }
  const coding = codingOf(request)
  return coding === null ? request : withBody(request, inflated(request, coding))
}

const withBody = <E>(
  request: HttpServerRequest.HttpServerRequest,
  body: Effect.Effect<unknown, E>
): HttpServerRequest.HttpServerRequest =>
  Object.create(request, {
    text: { value: Effect.map(body, asText) },
    urlParamsBody: { value: Effect.map(body, (content) => UrlParams.fromInput(asFields(content))) }
  })

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
