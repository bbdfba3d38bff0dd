import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"

/** What comes after ORDER BY for these keys, all up or all down. */
export const ordered = (sql: SqlClient, keys: ReadonlyArray<Fragment>, descending: boolean): Fragment => {
  const towards = sql.literal(descending ? "DESC" : "ASC")
  return sql.csv(keys.map((key) => sql`${key} ${towards}`))
}
