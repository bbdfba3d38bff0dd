import type { HttpServerRequest } from "effect/http"

/** The request with each parameter of its query once. Of one that is given twice the last counts, as in FastAPI. */
export const lastOfEach = (request: HttpServerRequest.HttpServerRequest): HttpServerRequest.HttpServerRequest => {
  const { url } = request
  const start = url.indexOf("?") + 1
  if (start === 0 || !url.includes("&", start)) return request
  const pairs = url.slice(start).split("&")
  const last = new Map(pairs.map((pair) => [pair.split("=", 1)[0], pair]))
  return last.size === pairs.length
    ? request
    : request.modify({ url: url.slice(0, start) + [...last.values()].join("&") })
}
