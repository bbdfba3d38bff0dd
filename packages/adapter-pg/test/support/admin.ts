import * as Client from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { Effect, Layer, Redacted } from "effect"

/** Connections of the tests' own beside the store's, as a user of the database would have them. */
export const adminOf = (url: string): Layer.Layer<PgClient> =>
  Layer.orDie(
    Client.layer({
      url: Redacted.make(url),
      maxConnections: 4,
      // Writes, even where the database says that others may not.
      startupParameters: { search_path: "stockbook", default_transaction_read_only: "off" }
    })
  )

/** Runs statements one after the other, on a connection that is closed after them. */
export const runAs = (url: string, statements: ReadonlyArray<string>): Promise<void> =>
  Effect.runPromise(
    PgClient.use((sql) => Effect.forEach(statements, (each) => sql.unsafe(each), { discard: true })).pipe(
      Effect.provide(adminOf(url))
    )
  )

/** All that is stored, as one text: equal texts, equal stores. */
export const contents = PgClient.use((sql) =>
  Effect.map(
    Effect.forEach(tables, (table) =>
      Effect.map(
        sql.unsafe<{ readonly rows: string | null }>(
          `SELECT string_agg(row::text, chr(10) ORDER BY row::text COLLATE "C") AS rows FROM ${table} AS row`
        ),
        ([found]) => `${table}\n${found?.rows ?? ""}`
      )
    ),
    (all) => all.join("\n")
  )
)

const tables = [
  "organizations",
  "locations",
  "items",
  "item_stock",
  "balances",
  "movements",
  "hold_lines",
  "idempotency",
  "outbox",
  "subscriptions",
  "users"
] as const
