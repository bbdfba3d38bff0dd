import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"

/** The pattern that finds a text anywhere, with LIKE's own signs taken literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`

/** Whether one of the columns contains the text, ignoring ASCII case, as SQLite's LIKE does by itself. */
export const anyContains = (sql: SqlClient, columns: ReadonlyArray<string>, text: string): Fragment =>
  sql.or(columns.map((column) => sql`${sql.literal(column)} LIKE ${containing(text)} ESCAPE ${"\\"}`))
