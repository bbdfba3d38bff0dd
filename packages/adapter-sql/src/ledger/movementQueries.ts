import { clockTolerance, type Movement, type MovementFilter, type Page } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { type MovementRow, toMovement } from "../rows/MovementRow.ts"
import type { Session } from "../Session.ts"

/** The condition a filter stands for, on `movements m`. */
export const whereMovement = ({ sql, dialect }: Session, filter: MovementFilter): Fragment => {
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
  return sql.and(clauses)
}

/** Movements in the order of their ids, one page, or all oldest first (`null`). */
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
      : page.order === "oldest"
        ? sql<MovementRow>`SELECT m.* FROM movements m WHERE ${where} AND m.id > ${page.after ?? 0}
            ORDER BY m.id LIMIT ${page.limit}`
        : sql<MovementRow>`SELECT m.* FROM movements m WHERE ${where} AND m.id < ${page.after ?? Number.MAX_SAFE_INTEGER}
            ORDER BY m.id DESC LIMIT ${page.limit}`
  return Effect.map(rows, (found) => found.map(toMovement))
}
