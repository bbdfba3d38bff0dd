import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

/** As many values as one statement may have: SQLite takes 32,766, Postgres 65,535. */
const maxValues = 32_000

/** Inserts rows with the same columns, as many as may be in one statement at a time. */
export const insertRows = (
  sql: SqlClient,
  table: string,
  rows: ReadonlyArray<Record<string, unknown>>
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const size = Math.floor(maxValues / Math.max(1, Object.keys(rows[0] ?? {}).length))
    for (let at = 0; at < rows.length; at += size) {
      const [first, ...others] = rows.slice(at, at + size)
      if (first !== undefined) yield* sql`INSERT INTO ${sql(table)} ${sql.insert([first, ...others])}`
    }
  })
