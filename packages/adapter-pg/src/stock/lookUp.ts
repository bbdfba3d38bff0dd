import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Fragment } from "effect/sql/Statement"

/*
 * Rows of `table`, as `alias`, looked up for each row before it. The OFFSET keeps the planner from turning the lookup
 * into a join, whose plan would be right only for tables of the size they had when it was made.
 */
const around = (table: string, alias: string) =>
  [`CROSS JOIN LATERAL (SELECT * FROM ${table} ${alias} WHERE `, ` OFFSET 0) ${alias}`] as const

/** The rows that meet a condition, in a statement whose text never changes. */
export const lookUp = (table: string, alias: string, condition: string): string => around(table, alias).join(condition)

/** The same as a part of another statement. */
export const lookUpIn = (sql: PgClient, table: string, alias: string, condition: Fragment): Fragment => {
  const [before, after] = around(table, alias)
  return sql`${sql.literal(before)}${condition}${sql.literal(after)}`
}
