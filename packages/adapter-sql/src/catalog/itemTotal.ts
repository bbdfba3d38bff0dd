import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { keptElsewhere, type PlacedFilter, whereActive, whereShared } from "./itemFilter.ts"

/** So few items are counted in no time. */
const few = 10_000

/** A condition on `item_stock s` that most items meet, and its contrary. */
interface Part {
  readonly of: Fragment
  readonly not: Fragment
}

const partsOf = (session: Session, filter: PlacedFilter): ReadonlyArray<Part> => {
  const { sql } = session
  const { organization, onHandFrom, opened, keptAt, keptByDefault } = filter
  const parts: Array<Part> = []
  if (onHandFrom !== undefined) parts.push({ of: sql`s.on_hand >= ${onHandFrom}`, not: sql`s.on_hand < ${onHandFrom}` })
  if (opened === true) parts.push({ of: sql`s.opened_at IS NOT NULL`, not: sql`s.opened_at IS NULL` })
  if (keptAt !== undefined && keptByDefault === true) {
    const elsewhere = keptElsewhere(session, organization, keptAt)
    parts.push({ of: sql`s.item NOT IN (${elsewhere})`, not: sql`s.item IN (${elsewhere})` })
  }
  return parts
}

/** What the tallies tell, or that does not narrow; the rest of a filter has to be left out for them to tell it. */
const toldOf: ReadonlySet<string> = new Set<keyof PlacedFilter>([
  "organization",
  "offset",
  "limit",
  "sort",
  "searchIn",
  "active",
  "kind",
  "categoryId",
  "brandId",
  "unitId",
  "hasVariations",
  "hasBatches",
  "onHandFrom",
  "keptAt",
  "keptByDefault"
])

const isTold = ({ lowStock: _, opened: __, ...filter }: PlacedFilter): boolean =>
  (filter.keptAt === undefined || filter.keptByDefault === true) &&
  Object.entries(filter).every(([name, value]) => value === undefined || toldOf.has(name))

/**
 * How many items match, as a value in a statement that knows `lifted`, where the database's tallies tell it; `null`
 * where they do not, or there are none.
 *
 * Of the items with some stock or more, with a stock record, or kept at the default location, those that are not are
 * counted and taken away, as long as they are few: most items of a shop are.
 */
export const tallied = (session: Session, filter: PlacedFilter): Fragment | null => {
  const { sql, keepsTallies } = session
  const shared = whereShared(session, filter, "t")
  const [part, ...more] = partsOf(session, filter)
  if (!keepsTallies || !isTold(filter) || more.length > 0 || (part !== undefined && shared.length > 0)) return null
  if (filter.lowStock === true) return shared.length > 0 || part !== undefined ? null : low(session, filter)
  const told = [sql`t.organization = ${filter.organization}`, ...whereActive(session, filter, "t"), ...shared]
  const all = sql`(SELECT CAST(coalesce(sum(t.items), 0) AS BIGINT) FROM item_tallies t WHERE ${sql.and(told)})`
  if (part === undefined) return all
  const stocked = sql.and([sql`s.organization = ${filter.organization}`, ...whereActive(session, filter, "s")])
  return sql`(SELECT CASE WHEN without.items < ${few} THEN ${all} - without.items
      ELSE (SELECT count(*) FROM item_stock s WHERE ${stocked} AND ${part.of}) END
    FROM (SELECT count(*) AS items FROM (
      SELECT 1 FROM item_stock s WHERE ${stocked} AND ${part.not} LIMIT ${few}
    ) found) without)`
}

/** Of those that are low on stock, less what is lifted. */
const low = (session: Session, filter: PlacedFilter): Fragment => {
  const { sql } = session
  const told = sql.and([sql`t.organization = ${filter.organization}`, ...whereActive(session, filter, "t")])
  const left = sql.and([sql`1 = 1`, ...whereActive(session, filter, "lifted")])
  return sql`((SELECT CAST(coalesce(sum(t.items), 0) AS BIGINT) FROM low_tallies t WHERE ${told})
    - (SELECT count(*) FROM lifted WHERE ${left}))`
}
