import type { HoldFilter, Page } from "@stockbook/core"
import type { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { HoldRow } from "../rows/HoldRow.ts"

/** The rows of one page of holds. Line 0 stands for its hold: every hold has one. */
export const holdsMatching = (
  sql: SqlClient,
  { organization, item, status }: HoldFilter,
  { after, offset = 0, limit, order }: Page
): Effect.Effect<ReadonlyArray<HoldRow>, SqlError> => {
  const oldest = order === "oldest"
  const clauses = [
    sql`h.organization = ${organization}`,
    oldest ? sql`h.hold > ${after ?? 0}` : sql`h.hold < ${after ?? Number.MAX_SAFE_INTEGER}`,
    item === undefined ? sql`h.line = 0` : sql`h.item = ${item}`
  ]
  if (status !== undefined) clauses.push(sql`h.status = ${status}`)
  const direction = sql.literal(oldest ? "ASC" : "DESC")
  return sql<HoldRow>`SELECT l.* FROM (
      SELECT DISTINCT h.hold FROM hold_lines h WHERE ${sql.and(clauses)} ORDER BY h.hold ${direction} LIMIT ${limit} OFFSET ${offset}
    ) page JOIN hold_lines l ON l.organization = ${organization} AND l.hold = page.hold
    ORDER BY l.hold ${direction}, l.line`
}
