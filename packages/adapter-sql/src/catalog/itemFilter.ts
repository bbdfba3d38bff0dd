import type { ItemFilter, ItemText } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { anyContains } from "./text.ts"

const texts: ReadonlyArray<ItemText> = ["name", "sku", "barcode", "description", "category"]

/** So many of them an index finds, if there is one; that of a category is looked up apart. */
const ofIndex = texts.length - 1

/**
 * Items that have the text somewhere it is looked for. What an index finds first may have it elsewhere too, or have it
 * in other letters: then the conditions on the texts themselves decide.
 */
const searched = (
  session: Session,
  { organization, search, searchIn = texts }: ItemFilter
): ReadonlyArray<Fragment> => {
  if (search === undefined) return []
  const { sql } = session
  // Each once, however often it was named.
  const columns = texts.filter((text) => text !== "category" && searchIn.includes(text)).map((text) => `i.${text}`)
  const inCategories = searchIn.includes("category")
  const categories = sql`SELECT id FROM categories
    WHERE organization = ${organization} AND ${anyContains(session, ["name"], search)}`
  const indexed =
    columns.length === 0 ? null : session.searching(organization, search, inCategories ? categories : null)
  const places = [
    ...columns.map((column) => session.contains(column, search, { likely: indexed !== null })),
    ...(inCategories ? [sql`i.category IN (${categories})`] : [])
  ]
  if (places.length === 0) return [sql`1 = 0`]
  if (indexed === null) return [sql.or(places)]
  return indexed.exact && columns.length === ofIndex ? [indexed.condition] : [indexed.condition, sql.or(places)]
}

/** Whether they are active, which all tables know. */
export const whereActive = (
  { sql }: Session,
  { active }: ItemFilter,
  table: "i" | "s" | "t" | "lifted"
): ReadonlyArray<Fragment> => (active === undefined ? [] : [sql`${sql.literal(`${table}.active`)} = ${active}`])

/** What a filter asks of the properties that many items share, on a table that has them. */
export const whereShared = ({ sql }: Session, filter: ItemFilter, table: "i" | "t"): ReadonlyArray<Fragment> => {
  const equal = [
    ["kind", filter.kind],
    ["category", filter.categoryId],
    ["brand", filter.brandId],
    ["unit", filter.unitId],
    ["has_variations", filter.hasVariations],
    ["has_batches", filter.hasBatches]
  ] as const
  return equal.flatMap(([column, value]) =>
    value === undefined ? [] : [sql`${sql.literal(`${table}.${column}`)} = ${value}`]
  )
}

/** What a filter asks of the catalogue, on `items i`, beside the `ids` that all tables have. */
export const whereItem = (session: Session, filter: ItemFilter): ReadonlyArray<Fragment> => {
  const { sql } = session
  const { createdFrom, createdUntil } = filter
  const clauses: Array<Fragment> = [...whereShared(session, filter, "i")]
  if (filter.name !== undefined) clauses.push(sql`i.name = ${filter.name}`)
  if (filter.after !== undefined) clauses.push(sql`i.id > ${filter.after}`)
  if (createdFrom !== undefined) clauses.push(sql`i.created_at >= ${createdFrom}`)
  if (createdUntil !== undefined) clauses.push(sql`i.created_at < ${createdUntil}`)
  return [...clauses, ...searched(session, filter)]
}

/** What a filter asks of the stock, on `item_stock s` and `lifted`. */
export const whereStock = (session: Session, filter: PlacedFilter): ReadonlyArray<Fragment> => {
  const { sql, dialect } = session
  const { organization, opened, lowStock, onHandFrom, onHandTo, location, keptAt } = filter
  const clauses: Array<Fragment> = []
  if (opened === true) clauses.push(sql`s.opened_at IS NOT NULL`)
  if (lowStock === true) {
    // What is due only adds to what is available; what lapsed is quarantined soon, and the item low from then on.
    clauses.push(sql.literal(dialect.low), sql`s.item NOT IN (SELECT item FROM lifted)`)
  }
  if (onHandFrom !== undefined) clauses.push(sql`s.on_hand >= ${onHandFrom}`)
  if (onHandTo !== undefined) clauses.push(sql`s.on_hand <= ${onHandTo}`)
  const isAt = (id: number) => sql`EXISTS (SELECT 1 FROM balances b WHERE b.organization = ${organization}
    AND b.item = s.item AND b.location = ${id} AND b.available + b.reserved + b.committed + b.quarantined > 0)`
  if (location !== undefined) clauses.push(isAt(location))
  if (keptAt !== undefined) clauses.push(keptThere(session, filter, keptAt))
  return clauses
}

/** A filter by where stock is kept, with what the database says of the place. */
export interface PlacedFilter extends ItemFilter {
  /** Whether `keptAt` is the organization's default location, where all stock lands that has no home of its own. */
  readonly keptByDefault?: boolean
}

/** Items whose home is somewhere else, and that have no stock at the location either. */
export const keptElsewhere = ({ sql }: Session, organization: number, location: number): Fragment =>
  sql`SELECT h.item FROM item_stock h WHERE h.organization = ${organization} AND h.home <> ${location}
    AND NOT EXISTS (${lying(sql, organization, location)} AND b.item = h.item)`

const lying = (sql: SqlClient, organization: number, location: number): Fragment =>
  sql`SELECT b.item FROM balances b WHERE b.organization = ${organization} AND b.location = ${location}
    AND b.available + b.reserved + b.committed + b.quarantined > 0`

/** At the default location most items are kept, for few have a home: there the others are looked up, and left out. */
const keptThere = (session: Session, { organization, keptByDefault }: PlacedFilter, location: number): Fragment => {
  const { sql } = session
  if (keptByDefault === true) return sql`s.item NOT IN (${keptElsewhere(session, organization, location)})`
  return sql`s.item IN (SELECT h.item FROM item_stock h WHERE h.organization = ${organization} AND h.home = ${location}
    UNION ${lying(sql, organization, location)})`
}
