import { Catalog, type Change, type RecordedEvent, Store, type StoreError, Subscriptions } from "@stockbook/core"
import { Data, Effect, Layer, Schedule } from "effect"
import type { Logger } from "../../exchange/Log.ts"
import { isoTime } from "../../fields/Timestamp.ts"

/** Under which name the store remembers how far the notifications have come. */
const SUBSCRIBER = "inventory-service/low-stock"

/** The receiver did not take a notification. Trying again helps unless it said that the notification itself is wrong. */
class Undelivered extends Data.TaggedError("Undelivered")<{ readonly why: string; readonly again: boolean }> {}

interface Notification {
  readonly type: "low_stock"
  readonly product_id: number
  readonly product_name: string | null
  readonly current_quantity: number
  readonly threshold: number
  readonly timestamp: string
}

/** Half a second, then twice as long each time, half a minute at most. */
const backOff = Schedule.min([Schedule.exponential("500 millis", 2), Schedule.spaced("30 seconds")]).pipe(
  Schedule.jittered
)

/**
 * Posts a notification to an address for each time an item's available stock falls to its threshold or below: in
 * order, one at a time, apart from all requests. One that is not taken is tried again until it is; where the receiver
 * refuses it for good (4xx), it is logged and left. A restart goes on where the last run stopped; a store that never
 * had notifications starts with what happens from now on. `Idempotency-Key` names the crossing, for a crash between
 * the receiver's answer and its being remembered sends the same notification again. Throws if the address is none.
 */
export const lowStockNotifications = (
  address: string,
  log: Logger
): Layer.Layer<never, StoreError, Store | Subscriptions | Catalog> => {
  if (!/^https?:$/.test(new URL(address).protocol)) throw new Error(`Not an http(s) address: ${address}`)
  return Layer.effectDiscard(
    Effect.gen(function* () {
      const { ledger } = yield* Store
      const subscriptions = yield* Subscriptions
      const catalog = yield* Catalog
      const since = (yield* ledger.savedCursor(SUBSCRIBER)) === null ? yield* ledger.now : 0

      const report = (what: string) =>
        Effect.sync(() =>
          log({ level: "error", event: "fault", time: new Date().toISOString(), requestId: null, cause: what })
        )

      const notify = Effect.fnUntraced(function* (recorded: RecordedEvent) {
        const { event, organization, id, at } = recorded
        if (event._tag !== "LowStockRaised" || at < since) return
        const item = yield* catalog.item(organization, event.item)
        const notification: Notification = {
          type: "low_stock",
          product_id: event.item,
          product_name: item?.name ?? null,
          current_quantity: event.available,
          threshold: event.threshold,
          timestamp: isoTime(at)
        }
        yield* post(address, notification, `low-stock-${id}`).pipe(
          Effect.tapError((error) => report(`Low-stock notification ${id} was not delivered: ${error.why}`)),
          Effect.retry({ schedule: backOff, while: (error) => error.again }),
          Effect.ignore
        )
      })

      const handle = (changes: ReadonlyArray<Change>) =>
        Effect.forEach(changes, (change) => (change._tag === "Event" ? notify(change.event) : Effect.void), {
          discard: true
        })

      yield* subscriptions.subscribe(SUBSCRIBER, handle).pipe(
        Effect.tapError((error) => report(`Low-stock notifications are interrupted: ${error.message}`)),
        Effect.retry(backOff),
        Effect.forkScoped
      )
    })
  )
}

const post = (address: string, notification: Notification, key: string): Effect.Effect<void, Undelivered> =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify(notification),
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)])
      })
      await response.body?.cancel()
      return response.status
    },
    catch: (cause) => new Undelivered({ why: reasonOf(cause), again: true })
  }).pipe(
    Effect.flatMap((status) =>
      status >= 200 && status < 300
        ? Effect.void
        : new Undelivered({ why: `answered ${status}`, again: status >= 500 || status === 408 || status === 429 })
    )
  )

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? String(cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause)
