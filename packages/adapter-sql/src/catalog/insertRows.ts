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
  Effect.forEach(chunksOf(rows), (chunk) => sql`INSERT INTO ${sql(table)} ${sql.insert(chunk)}`, { discard: true })

/** Likewise, but leaves out the rows that a unique constraint refuses; whether all are in. */
export const insertNewRows = (
  sql: SqlClient,
  table: string,
  rows: ReadonlyArray<Record<string, unknown>>
): Effect.Effect<boolean, SqlError> =>
  Effect.map(
    Effect.forEach(
      chunksOf(rows),
      (chunk) => sql`INSERT INTO ${sql(table)} ${sql.insert(chunk)} ON CONFLICT DO NOTHING RETURNING 1 AS inserted`
    ),
    (inserted) => inserted.flat().length === rows.length
  )

type Rows = readonly [Record<string, unknown>, ...Array<Record<string, unknown>>]

const chunksOf = (rows: ReadonlyArray<Record<string, unknown>>): ReadonlyArray<Rows> => {
  const size = Math.floor(maxValues / Math.max(1, Object.keys(rows[0] ?? {}).length))
  const chunks: Array<Rows> = []
  for (let at = 0; at < rows.length; at += size) {
    const [first, ...others] = rows.slice(at, at + size)
    if (first !== undefined) chunks.push([first, ...others])
  }
  return chunks
}
