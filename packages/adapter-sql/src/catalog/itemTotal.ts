import type { ItemFilter } from "@stockbook/core"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { whereActive, whereShared } from "./itemFilter.ts"

/** So few items are counted in no time. */
const few = 10_000

/**
 * How many items match, as a value in a statement, where the database's tallies tell it; `null` where they do not, or
 * there are none.
 *
 * Of the items with some stock or more, those with less are counted and taken away, as long as they are few: most items
 * of a shop are in stock.
 */
export const tallied = (session: Session, filter: ItemFilter): Fragment | null => {
  const { organization, offset: _, limit: __, sort: ___, searchIn: ____, active, onHandFrom, ...asked } = filter
  const { kind, categoryId, brandId, unitId, hasVariations, hasBatches, ...others } = asked
  const shared = whereShared(session, filter, "t")
  const isTold = Object.values(others).every((value) => value === undefined)
  if (!session.keepsTallies || !isTold || (onHandFrom !== undefined && shared.length > 0)) return null
  const { sql } = session
  const told = [sql`t.organization = ${organization}`, ...whereActive(session, filter, "t"), ...shared]
  const all = sql`(SELECT CAST(coalesce(sum(t.items), 0) AS BIGINT) FROM item_tallies t WHERE ${sql.and(told)})`
  if (onHandFrom === undefined) return all
  const inStock = sql.and([sql`s.organization = ${organization}`, ...whereActive(session, filter, "s")])
  return sql`(SELECT CASE WHEN less.items < ${few} THEN ${all} - less.items
      ELSE (SELECT count(*) FROM item_stock s WHERE ${inStock} AND s.on_hand >= ${onHandFrom}) END
    FROM (SELECT count(*) AS items FROM (
      SELECT 1 FROM item_stock s WHERE ${inStock} AND s.on_hand < ${onHandFrom} LIMIT ${few}
    ) with_less) less)`
}
