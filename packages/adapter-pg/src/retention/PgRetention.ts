import { PgClient } from "@effect/sql-pg/PgClient"
import type { StoreError } from "@stockbook/core"
import { Duration, Effect } from "effect"
import { layerClient, type PgStoreConfig } from "../client/connect.ts"
import type { InvalidDatabaseUrl } from "../client/InvalidDatabaseUrl.ts"
import { mapSqlErrors } from "../client/storeError.ts"

/** How long what only grows is kept. */
export interface RetentionOptions {
  /**
   * Recorded outcomes of idempotency keys. A command whose outcome is gone is carried out again: keep them for longer
   * than any caller tries again.
   */
  readonly keys: Duration.Input
  /** Events of the outbox that every subscriber has passed. A subscriber that is new by then does not see them. */
  readonly events: Duration.Input
}

/** How many rows went. */
export interface Cleared {
  readonly keys: number
  readonly events: number
}

/** So many rows go with each statement, so that none holds its locks for long. */
const batch = 10_000

/**
 * Deletes what is older than it has to be kept, by the database's clock, and answers how much that was. Meant to be run
 * now and then by some process; several at once do no harm. Movements are kept for ever.
 */
export const clear = (
  config: PgStoreConfig,
  options: RetentionOptions
): Effect.Effect<Cleared, StoreError | InvalidDatabaseUrl> =>
  Effect.gen(function* () {
    const keys = yield* clearAll("clear_idempotency", options.keys)
    const events = yield* clearAll("clear_outbox", options.events)
    return { keys, events }
  }).pipe(
    Effect.provide(layerClient({ ...config, maxConnections: 1 }), { local: true }),
    Effect.withSpan("PgRetention.clear")
  )

const clearAll = Effect.fnUntraced(function* (name: "clear_idempotency" | "clear_outbox", age: Duration.Input) {
  const sql = yield* PgClient
  const kept = Duration.toMillis(Duration.fromInputUnsafe(age))
  const some = mapSqlErrors("committing")(
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
