import type { Delivery } from "@stockbook/core"
import { Clock, Effect } from "effect"
import { isoTime } from "../fields/Timestamp.ts"
import { type Channel, deliveryId, Undelivered } from "./Channel.ts"
import { EVENT_ID_HEADER, SIGNATURE_HEADER, sign } from "./signature.ts"

/** Where notifications are posted, and the secret they are signed with. */
export interface WebhookSettings {
  /** An `http(s)` address without a user or password in it. */
  readonly url: string
  /** At least 32 bytes. */
  readonly secret: string
}

/** Answers that say the notification itself is wrong or unwanted: the same again would be refused again. */
const refusals = new Set([400, 410, 413, 415, 422])

/**
 * Posts notices to one address, the operator's own: no part of a request can choose it, redirects are not followed, and
 * nothing of the answer but its status and `Retry-After` is looked at, so that it is no way into the network it runs in.
 */
export const webhook = ({ url, secret }: WebhookSettings, timeout: number): Channel => ({
  name: "webhook",
  concurrency: 8,
  timeout,
  send: (delivery) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const body = bodyOf(delivery)
      const headers = {
        "content-type": "application/json",
        "user-agent": "Stockbook",
        [EVENT_ID_HEADER]: deliveryId(delivery),
        [SIGNATURE_HEADER]: sign(secret, body, now)
      }
      return Effect.flatMap(post(url, headers, body), ({ status, retryAfter }) =>
        status >= 200 && status < 300
          ? Effect.void
          : Effect.fail(
              new Undelivered({
                why: `answered ${status}`,
                again: !refusals.has(status),
                after: millisOf(retryAfter, now)
              })
            )
      )
    })
})

/** The documented body: type, what the notice tells, and when it happened. */
const bodyOf = ({ notice }: Delivery): string =>
  JSON.stringify({ type: notice.kind, ...notice.data, timestamp: isoTime(notice.at) })

const post = (url: string, headers: Record<string, string>, body: string) =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal })
      await response.body?.cancel()
      return { status: response.status, retryAfter: response.headers.get("retry-after") }
    },
    catch: (cause) => new Undelivered({ why: reasonOf(cause), again: true })
  })

/** What `fetch` says is "fetch failed"; why stands in the cause, by its code. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return "the connection failed"
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name
}

/** `Retry-After` in milliseconds from now: seconds, or a date. What is neither asks for nothing. */
const millisOf = (retryAfter: string | null, now: number): number => {
  if (retryAfter === null) return 0
  const millis = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Number.isFinite(millis) ? Math.max(millis, 0) : 0
}
