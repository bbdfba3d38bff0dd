import { hash } from "node:crypto"
import { type HttpServerRequest, HttpServerResponse } from "effect/http"

type Response = HttpServerResponse.HttpServerResponse

/** The text of an answer that is at hand as a whole; `null` for one without a body, or with one that is streamed. */
export const textOf = ({ body }: Response): string | null =>
  body._tag === "Uint8Array" ? (body.text ?? Buffer.from(body.body).toString("utf8")) : null

/** A strong entity tag: answers that differ in a character have different ones. `null` where there is no whole body. */
export const etagOf = ({ body }: Response): string | null =>
  body._tag === "Uint8Array" ? `"${hash("sha256", body.text ?? body.body, "base64url").slice(0, 22)}"` : null

/** Whether a list of entity tags, or `*`, as conditions give it, has this one. What proxies made weak counts. */
export const matches = (list: string, etag: string): boolean =>
  list.trim() === "*" || list.split(",").some((each) => each.trim().replace(/^W\//, "") === etag)

/** Answers are what they are until somebody changes them, so whoever keeps one has to ask whether it still holds. */
const KEEPING = { "cache-control": "private, no-cache" }

/** What goes on for as long as it is listened to: nobody keeps it, and a proxy passes each part on as it comes. */
const STREAMED = { "cache-control": "no-store, no-transform", "x-accel-buffering": "no" }

/** An answer to a read, with its entity tag; without its body for a client that has it already. */
export const tagged = (response: Response, request: HttpServerRequest.HttpServerRequest): Response => {
  const etag = etagOf(response)
  if (etag === null) return HttpServerResponse.setHeaders(response, STREAMED)
  const known = request.headers["if-none-match"]
  return known !== undefined && matches(known, etag)
    ? HttpServerResponse.empty({ status: 304, headers: { etag, ...KEEPING } })
    : HttpServerResponse.setHeaders(response, { ...KEEPING, etag })
}
