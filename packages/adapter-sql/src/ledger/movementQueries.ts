import {
  clockTolerance,
  type ItemId,
  type Movement,
  type MovementFilter,
  type OrganizationId,
  type Page,
  type Passage
} from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { anyContains } from "../catalog/text.ts"
import { type MovementRow, toMovement } from "../rows/MovementRow.ts"
import type { Session } from "../Session.ts"

/** The condition a filter stands for, on `movements m`. */
export const whereMovement = (session: Session, filter: MovementFilter): Fragment => {
  const { sql, dialect } = session
  const { organization, item, location, reason, reference, hold, from, until } = filter
  const clauses: Array<Fragment> = [sql`m.organization = ${organization}`]
  if (item !== undefined) clauses.push(sql`m.item = ${item}`)
  if (location !== undefined) clauses.push(sql`(m.from_location = ${location} OR m.to_location = ${location})`)
  if (reason !== undefined) clauses.push(sql`m.reason = ${reason}`)
  if (reference !== undefined) clauses.push(sql`m.reference = ${reference}`)
  if (hold !== undefined) {
    // A hold is older than its movements and has them on its own items only.
    clauses.push(sql`m.hold = ${hold} AND m.id > ${hold}`)
    if (item === undefined) {
      clauses.push(sql`m.item IN (SELECT item FROM hold_lines WHERE organization = ${organization} AND hold = ${hold})`)
    }
  }
  if (from !== undefined) clauses.push(sql`m.at >= ${from}`)
  if (until !== undefined) clauses.push(sql`m.at < ${until}`)
  const { effectiveFrom, effectiveUntil } = filter
  const effective = sql.literal(dialect.effectiveAt)
  if (effectiveFrom !== undefined) {
    // A business date is hardly ever after the recording, so nothing recorded long before it can have it.
    clauses.push(sql`m.at >= ${effectiveFrom - clockTolerance} AND ${effective} >= ${effectiveFrom}`)
  }
  if (effectiveUntil !== undefined) clauses.push(sql`${effective} < ${effectiveUntil}`)
  if (filter.search !== undefined) clauses.push(anyContains(session, ["m.reference", "m.note"], filter.search))
  if (filter.passage !== undefined) clauses.push(wherePassage(sql, organization, filter.passage))
  return sql.and(clauses)
}

/** As `passageOf` has it. All passages go from one place to another: there is an index of those that do. */
const wherePassage = (sql: SqlClient, organization: OrganizationId, passage: Passage | "any"): Fragment => {
  const any = sql`(m.from_location IS NULL OR m.to_location IS NULL OR m.from_location <> m.to_location)`
  return passage === "any" ? any : sql`${any} AND ${whereKind(sql, organization, passage)}`
}

/** An outside account has no location. */
const whereKind = (sql: SqlClient, organization: OrganizationId, passage: Passage): Fragment => {
  const transit = sql`(SELECT transit FROM organizations WHERE id = ${organization})`
  switch (passage) {
    case "supplied":
      return sql`m.from_account = 'supplier'`
    case "returned":
      return sql`m.from_account = 'customer'`
    case "sold":
      return sql`m.to_account = 'customer'`
    case "lost":
      return sql`m.to_account = 'loss'`
    case "corrected":
      return sql`(m.from_account IN ('adjustment', 'loss') OR m.to_account IN ('adjustment', 'supplier'))`
    case "departed":
      return sql`m.from_location <> m.to_location AND m.from_location <> ${transit}`
    case "arrived":
      return sql`m.from_location <> m.to_location AND m.from_location = ${transit}`
  }
}

/**
 * Movements in the order of their ids, one page, or all oldest first (`null`). What a page leaves out is skipped before
 * any row is read whole.
 */
export const readMovements = (
  session: Session,
  filter: MovementFilter,
  page: Page | null
): Effect.Effect<ReadonlyArray<Movement>, SqlError> => {
  const { sql } = session
  const where = whereMovement(session, filter)
  const rows =
    page === null
      ? sql<MovementRow>`SELECT m.* FROM movements m WHERE ${where} ORDER BY m.id`
      : (page.offset ?? 0) > 0
        ? far(sql, filter.organization, where, page)
        : page.order === "oldest"
          ? sql<MovementRow>`SELECT m.* FROM movements m WHERE ${where} AND m.id > ${page.after ?? 0}
              ORDER BY m.id LIMIT ${page.limit}`
          : sql<MovementRow>`SELECT m.* FROM movements m WHERE ${where} AND m.id < ${page.after ?? Number.MAX_SAFE_INTEGER}
              ORDER BY m.id DESC LIMIT ${page.limit}`
  return Effect.map(rows, (found) => found.map(toMovement))
}

const far = (
  sql: SqlClient,
  organization: OrganizationId,
  where: Fragment,
  { after, offset = 0, limit, order }: Page
) => {
  const oldest = order === "oldest"
  const start = oldest ? sql`m.id > ${after ?? 0}` : sql`m.id < ${after ?? Number.MAX_SAFE_INTEGER}`
  const direction = sql.literal(oldest ? "ASC" : "DESC")
  return sql<MovementRow>`SELECT r.* FROM (
      SELECT m.id FROM movements m WHERE ${where} AND ${start} ORDER BY m.id ${direction} LIMIT ${limit} OFFSET ${offset}
    ) page JOIN movements r ON r.organization = ${organization} AND r.id = page.id
    ORDER BY r.id ${direction}`
}

/** When items last came from a supplier; each is one look at the end of an index. */
export const readLastSupplied = (
  sql: SqlClient,
  organization: OrganizationId,
  items: ReadonlyArray<ItemId>
): Effect.Effect<ReadonlyArray<{ readonly item: ItemId; readonly at: number }>, SqlError> =>
  items.length === 0
    ? Effect.succeed([])
    : sql<{ readonly item: ItemId; readonly at: number }>`SELECT s.item, s.at FROM (
          SELECT i.item, (SELECT m.at FROM movements m WHERE m.organization = i.organization AND m.id = (
            SELECT max(l.id) FROM movements l WHERE l.organization = i.organization AND l.item = i.item
              AND l.from_account = 'supplier')) AS at
          FROM item_stock i WHERE i.organization = ${organization} AND ${sql.in("i.item", items)}
        ) s WHERE s.at IS NOT NULL`
