import { Predicate } from "effect"
import { type HttpServerRequest, HttpServerResponse } from "effect/http"
import { textOf } from "./Etag.ts"
import type { Exchange } from "./Exchange.ts"
import type { RouteTable } from "./RouteTable.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * An answer that says something was made, with where it is: the `id` in the answer below the path it was posted to, or
 * beside it for a path that ends in `/create`, where that is read. What is read elsewhere has no `Location` unless its
 * handler sets one.
 */
export const located = (
  response: Response,
  { url }: HttpServerRequest.HttpServerRequest,
  { base }: Exchange,
  routes: RouteTable
): Response => {
  const id = idIn(textOf(response))
  if (id === null || response.headers["location"] !== undefined) return response
  const path = `${(url.split("?", 1)[0] ?? url).replace(/(\/create)?\/?$/, "")}/${encodeURIComponent(id)}`
  return routes.find("GET", path) === undefined
    ? response
    : HttpServerResponse.setHeader(response, "location", base + path)
}

/** The id of what an answer describes, itself or, in B's, what it says of its data. */
const idIn = (text: string | null): string | null => {
  const body: unknown = text === null ? null : JSON.parse(text)
  if (!Predicate.isObject(body)) return null
  const id = "id" in body ? body["id"] : Predicate.isObject(body["data"]) ? body["data"]["id"] : undefined
  return typeof id === "number" || typeof id === "string" ? String(id) : null
}
