import { PgClient } from "@effect/sql-pg/PgClient"
import type { Session } from "@stockbook/adapter-sql"
import type { Cleared, Kept, RetentionOptions, StoreError } from "@stockbook/core"
import { Duration, Effect } from "effect"
import { layerClient, type PgStoreConfig } from "../client/connect.ts"
import type { InvalidDatabaseUrl } from "../client/InvalidDatabaseUrl.ts"
import { sessionOf } from "../client/Session.ts"
import { CurrentReach } from "../fence/Reach.ts"

/** So many rows go with each statement, so that none holds its locks for long. */
const batch = 10_000

/**
 * Deletes what is older than it has to be kept, by the database's clock, and answers how much that was. Meant to be run
 * now and then by some process; several at once do no harm. Movements are kept for ever.
 */
export const clear = (
  config: PgStoreConfig,
  options: Pick<RetentionOptions, "keys" | "events">
): Effect.Effect<Cleared, StoreError | InvalidDatabaseUrl> =>
  Effect.flatMap(PgClient, (sql) =>
    clearWith(sql, sessionOf(sql, { sharded: false, fenced: sql }).write)(keptOf(options))
  ).pipe(
    Effect.provide(layerClient({ ...config, maxConnections: 1 }), { local: true }),
    Effect.withSpan("PgRetention.clear")
  )

const millis = (age: Duration.Input | undefined): number =>
  age === undefined ? Number.MAX_SAFE_INTEGER : Duration.toMillis(Duration.fromInputUnsafe(age))

const keptOf = ({ keys, events }: Pick<RetentionOptions, "keys" | "events">): Kept => ({
  keys: millis(keys),
  events: millis(events)
})

/** The same over a client that is there, each statement run by `run`: what is old is deleted of all organizations. */
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
