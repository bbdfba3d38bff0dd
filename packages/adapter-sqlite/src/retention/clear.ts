import type { Cleared, Kept, StoreError } from "@stockbook/core"
import { Clock, Effect } from "effect"
import type { Database } from "../client/Database.ts"
import type { SqliteClient } from "../client/SqliteClient.ts"

/** So many rows go with each transaction, so that others wait for none of them for long. */
const batch = 1000

/** Rows come in the order of their age, so the first that is young enough ends the search. */
const oldKeys = `DELETE FROM idempotency WHERE rowid IN (
    SELECT rowid FROM (SELECT rowid, at FROM idempotency ORDER BY rowid LIMIT ${batch}) WHERE at < ?)`

const oldEvents = `DELETE FROM outbox WHERE (organization, id) IN (
    SELECT organization, id FROM (SELECT organization, id, at FROM outbox ORDER BY id LIMIT ${batch}) WHERE at < ?
      AND id <= coalesce((SELECT min(CAST(cursor AS INTEGER)) FROM subscriptions), id))`

const clearing = "UPDATE sequences SET next = ? WHERE name = 'clearing'"

/**
 * Deletes recorded outcomes that are older than they have to be kept, and likewise events that every subscriber has
 * passed. No other DELETE of events is let through.
 */
export const clear =
  (client: SqliteClient) =>
  ({ keys, events }: Kept): Effect.Effect<Cleared, StoreError> =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const whole = (some: (database: Database) => number) =>
        Effect.gen(function* () {
          let total = 0
          while (true) {
            const cleared = yield* client.transaction(some)
            total += cleared
            if (cleared < batch) return total
          }
        })
      return {
        keys: yield* whole((database) => Number(database.prepare(oldKeys).run(now - keys).changes)),
        events: yield* whole((database) => {
          database.prepare(clearing).run(2)
          const { changes } = database.prepare(oldEvents).run(now - events)
          database.prepare(clearing).run(1)
          return Number(changes)
        })
      }
    })
