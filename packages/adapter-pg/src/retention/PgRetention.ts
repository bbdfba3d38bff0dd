import { PgClient } from "@effect/sql-pg/PgClient"
import type { Cleared, Kept, RetentionOptions, StoreError } from "@stockbook/core"
import { Duration, Effect } from "effect"
import { layerClient, type PgStoreConfig } from "../client/connect.ts"
import type { InvalidDatabaseUrl } from "../client/InvalidDatabaseUrl.ts"
import { sessionOf } from "../client/Session.ts"
import { clearWith } from "./clearWith.ts"

/**
 * Deletes what is older than it has to be kept, by the database's clock, and answers how much that was. Meant to be run
 * now and then by some process; several at once do no harm. Movements are kept for ever.
 */
export const clear = (
  config: PgStoreConfig,
  options: Pick<RetentionOptions, "keys" | "events">
): Effect.Effect<Cleared, StoreError | InvalidDatabaseUrl> =>
  Effect.flatMap(PgClient, (sql) =>
    clearWith(sql, sessionOf(sql, { sharded: false, fenced: true }, null).write)(keptOf(options))
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
