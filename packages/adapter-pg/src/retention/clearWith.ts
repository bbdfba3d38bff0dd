import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Session } from "@stockbook/adapter-sql"
import type { Cleared, Kept, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { CurrentReach } from "../fence/Reach.ts"

/** So many rows go with each statement, so that none holds its locks for long. */
const batch = 10_000

/** Deletes what is old of all organizations over a client, each statement run by `run`. No part of the published API. */
export const clearWith =
  (sql: PgClient, run: Session["write"]) =>
  ({ keys, events }: Kept): Effect.Effect<Cleared, StoreError> =>
    Effect.all({
      keys: clearAll(sql, run, "clear_idempotency", keys),
      events: clearAll(sql, run, "clear_outbox", events)
    }).pipe(Effect.provideService(CurrentReach, "all"))

const clearAll = Effect.fnUntraced(function* (
  sql: PgClient,
  run: Session["write"],
  name: "clear_idempotency" | "clear_outbox",
  kept: number
) {
  const some = run(
    sql<{ readonly cleared: number }>`SELECT ${sql(name)}(
      floor(extract(epoch FROM now()) * 1000)::bigint - ${kept}::bigint, ${batch}::bigint) AS cleared`
  )
  let total = 0
  while (true) {
    const [row] = yield* some
    const cleared = row?.cleared ?? 0
    total += cleared
    if (cleared < batch) return total
  }
})
