import type { HoldFilter, OrganizationId, Page } from "@stockbook/core"
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

/** The rows of holds that expire in a window, the soonest first. */
export const expiringHolds = (
  sql: SqlClient,
  organization: OrganizationId,
  { from, until, limit }: { readonly from: number; readonly until: number; readonly limit: number }
): Effect.Effect<ReadonlyArray<HoldRow>, SqlError> =>
  sql<HoldRow>`SELECT l.* FROM (
      SELECT expires_at, hold FROM hold_lines WHERE organization = ${organization} AND reserved > 0
        AND expires_at IS NOT NULL AND expires_at > ${from} AND expires_at <= ${until}
      GROUP BY expires_at, hold ORDER BY expires_at, hold LIMIT ${limit}
    ) page JOIN hold_lines l ON l.organization = ${organization} AND l.hold = page.hold
    ORDER BY page.expires_at, l.hold, l.line`
