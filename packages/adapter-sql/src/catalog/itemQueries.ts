import type { Item, ItemFilter, ItemSort, ItemText, StockedItem } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { anyContains } from "./text.ts"

/** What a query gives of a row: SQLite has no booleans. */
type Row<A> = { readonly [K in keyof A]: A[K] extends boolean ? boolean | number : A[K] }

/** An item with its stock as a query gives it. */
export type StockedItemRow = Row<StockedItem>
export type ItemRow = Row<Item>

export const toItem = <R extends ItemRow>(row: R): Omit<R, keyof Item> & Item => ({
  ...row,
  hasVariations: Boolean(row.hasVariations),
  hasBatches: Boolean(row.hasBatches),
  isKit: Boolean(row.isKit),
  active: Boolean(row.active)
})

/** The columns of `items i` and its terms. */
export const itemColumns = `i.id, i.organization, i.name, i.sku, i.barcode, i.description, i.note, i.kind,
  i.unit_price AS "unitPrice", i.unit_cost AS "unitCost", u.name AS unit, i.unit AS "unitId",
  c.name AS category, i.category AS "categoryId", b.name AS brand, i.brand AS "brandId",
  i.has_variations AS "hasVariations", i.has_batches AS "hasBatches", i.is_kit AS "isKit", i.active,
  i.deleted_at AS "deletedAt", i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.created_by AS "createdBy"`

/** The terms of `items i`. */
export const withTerms = `LEFT JOIN units u ON u.organization = i.organization AND u.id = i.unit
  LEFT JOIN categories c ON c.organization = i.organization AND c.id = i.category
  LEFT JOIN brands b ON b.organization = i.organization AND b.id = i.brand`

/** The columns of `item_stock s`, with the units of `due d` counted as available, and then those of `lapsed x` not. */
const stockColumns = `s.available + coalesce(d.units, 0) - coalesce(x.units, 0) AS available,
  s.reserved - coalesce(d.units, 0) AS reserved, s.committed, s.quarantined + coalesce(x.units, 0) AS quarantined, s.opened_at AS "openedAt", s.clock AS "stockUpdatedAt",
  s.low_stock_threshold AS "lowStockThreshold", s.version`

/** Per item, the softly held units of holds whose time is over. They are few: a sweeper books them soon. */
const due = (sql: SqlClient, organization: number, now: Fragment): Fragment =>
  sql`due AS (SELECT item, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines
    WHERE organization = ${organization} AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
    GROUP BY item)`

/** Per item, the units available, also by way of `due`, of batches that are expired or quarantined. */
const lapsed = (sql: SqlClient, organization: number, items: Fragment, now: Fragment): Fragment =>
  sql`(SELECT item, CAST(sum(units) AS BIGINT) AS units FROM (
      SELECT l.item, l.available AS units FROM batches b
        JOIN balances l ON l.organization = b.organization AND l.item = b.item AND l.batch = b.id AND l.available > 0
        WHERE b.organization = ${organization} AND b.item IN (${items}) AND (b.quarantined OR b.expires_at <= ${now})
      UNION ALL
      SELECT h.item, h.reserved FROM hold_lines h JOIN batches b ON b.organization = h.organization AND b.id = h.batch
        WHERE h.organization = ${organization} AND h.item IN (${items}) AND (b.quarantined OR b.expires_at <= ${now})
          AND h.reserved > 0 AND h.expires_at IS NOT NULL AND h.expires_at <= ${now}
    ) barred GROUP BY item)`

/**
 * Low items that are so no longer once what is due is counted as available: those to leave out. With them asked for
 * apart, low items are counted from their index alone.
 */
const lifted = (sql: SqlClient, organization: number): Fragment =>
  sql`lifted AS (SELECT l.item FROM due JOIN item_stock l ON l.organization = ${organization} AND l.item = due.item
    WHERE l.available + due.units > l.low_stock_threshold)`

/** The one item that a condition on `items i` names. */
export const selectItem = (sql: SqlClient, organization: number, condition: Fragment, now: Fragment) =>
  sql<StockedItemRow>`SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
    FROM items i JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
    ${sql.literal(withTerms)}
    LEFT JOIN (SELECT organization, item, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines
      WHERE reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now} AND organization = ${organization}
      GROUP BY organization, item) d ON d.item = i.id
    LEFT JOIN ${lapsed(sql, organization, sql`SELECT i.id FROM items i WHERE i.organization = ${organization} AND ${condition}`, now)} x
      ON x.item = i.id
    WHERE i.organization = ${organization} AND ${condition}`

/** What each order goes by, before the id, and whether that is in the stock's table. */
const sortsOf = ({
  onHand,
  price
}: Session["dialect"]): Record<
  ItemSort,
  { readonly by: string; readonly descending?: true; readonly stock?: true }
> => ({
  id_asc: { by: "i.id" },
  name_asc: { by: "i.name" },
  name_desc: { by: "i.name", descending: true },
  stock_asc: { by: onHand, stock: true },
  stock_desc: { by: onHand, descending: true, stock: true },
  price_asc: { by: price },
  price_desc: { by: price, descending: true },
  created_asc: { by: "i.created_at" },
  created_desc: { by: "i.created_at", descending: true }
})

const texts: ReadonlyArray<ItemText> = ["name", "sku", "barcode", "description", "category"]

const searched = (
  session: Session,
  { organization, search, searchIn = texts }: ItemFilter
): ReadonlyArray<Fragment> => {
  if (search === undefined) return []
  const { sql } = session
  const columns = searchIn.filter((text) => text !== "category").map((text) => `i.${text}`)
  const places = columns.length === 0 ? [] : [anyContains(session, columns, search)]
  if (searchIn.includes("category")) {
    places.push(sql`i.category IN (SELECT id FROM categories
      WHERE organization = ${organization} AND ${anyContains(session, ["name"], search)})`)
  }
  return [places.length === 0 ? sql`1 = 0` : sql.or(places)]
}

/** What a filter asks of the catalogue, on `items i`. */
const whereItem = (session: Session, filter: ItemFilter): ReadonlyArray<Fragment> => {
  const { sql } = session
  const { createdFrom, createdUntil } = filter
  const clauses: Array<Fragment> = []
  const equal = [
    ["active", filter.active],
    ["name", filter.name],
    ["kind", filter.kind],
    ["category", filter.categoryId],
    ["brand", filter.brandId],
    ["unit", filter.unitId],
    ["has_variations", filter.hasVariations],
    ["has_batches", filter.hasBatches]
  ] as const
  for (const [column, value] of equal) {
    if (value !== undefined) clauses.push(sql`${sql.literal(`i.${column}`)} = ${value}`)
  }
  if (filter.after !== undefined) clauses.push(sql`i.id > ${filter.after}`)
  if (createdFrom !== undefined) clauses.push(sql`i.created_at >= ${createdFrom}`)
  if (createdUntil !== undefined) clauses.push(sql`i.created_at < ${createdUntil}`)
  return [...clauses, ...searched(session, filter)]
}

/** What a filter asks of the stock, on `item_stock s` and `lifted`. */
const whereStock = (
  { sql, dialect }: Session,
  { organization, opened, lowStock, onHandFrom, onHandTo, location }: ItemFilter
): ReadonlyArray<Fragment> => {
  const clauses: Array<Fragment> = []
  if (opened === true) clauses.push(sql`s.opened_at IS NOT NULL`)
  if (lowStock === true) {
    // What is due only adds to what is available; what lapsed is quarantined soon, and the item low from then on.
    clauses.push(sql.literal(dialect.low), sql`s.item NOT IN (SELECT item FROM lifted)`)
  }
  const onHand = sql.literal(dialect.onHand)
  if (onHandFrom !== undefined) clauses.push(sql`${onHand} >= ${onHandFrom}`)
  if (onHandTo !== undefined) clauses.push(sql`${onHand} <= ${onHandTo}`)
  if (location !== undefined) {
    clauses.push(sql`EXISTS (SELECT 1 FROM balances b WHERE b.organization = ${organization} AND b.item = s.item
      AND b.location = ${location} AND b.available + b.reserved + b.committed + b.quarantined > 0)`)
  }
  return clauses
}

/**
 * The statements of one page: how many items match, and the page's rows.
 *
 * The page's ids are picked first, from indexes alone where the filter allows it, so that a page far down the list
 * skips index entries and not wide rows; only the rows of the page are read whole. Of the catalogue's and the stock's
 * table, picking and counting use what filter and order ask for. Where both are used the stock's comes first, whose
 * indexes are the more selective or hold the order.
 */
export const itemPage = (session: Session, filter: ItemFilter, now: Fragment) => {
  const { sql, dialect } = session
  const sorts = sortsOf(dialect)
  const { organization, offset, limit } = filter
  const { by, descending, stock: sortsStock = false } = sorts[filter.sort ?? "id_asc"]
  const ofItem = whereItem(session, filter)
  const ofStock = whereStock(session, filter)
  const byId = by === sorts.id_asc.by
  const withDue = sql`WITH ${due(sql, organization, now)}, ${lifted(sql, organization)}`
  const from = (stock: boolean, items: boolean) => {
    const id = sql.literal(stock ? "s.item" : "i.id")
    const tables = stock ? (items ? stockThenItems : sql`item_stock s`) : sql`items i`
    const scope = sql`${sql.literal(stock ? "s.organization" : "i.organization")} = ${organization}`
    return { id, matching: sql`${tables} WHERE ${sql.and([scope, ...ofItem, ...ofStock])}` }
  }
  const stockThenItems = sql`item_stock s ${sql.literal(dialect.stockFirst)} items i ON i.organization = s.organization AND i.id = s.item`
  const stock = ofStock.length > 0 || sortsStock
  const counted = from(ofStock.length > 0, ofItem.length > 0)
  const picked = from(stock, ofItem.length > 0 || !(sortsStock || byId))
  const key = byId ? picked.id : sql.literal(by)
  const direction = sql.literal(descending === true ? "DESC" : "ASC")
  return {
    count: sql<{ readonly total: number }>`${withDue} SELECT count(*) AS total FROM ${counted.matching}`,
    rows: sql<StockedItemRow>`${withDue}, page AS (SELECT ${picked.id} AS id, ${key} AS sort_key
        FROM ${picked.matching} ORDER BY ${key} ${direction}, ${picked.id} LIMIT ${limit} OFFSET ${offset})
      SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
      FROM page JOIN items i ON i.organization = ${organization} AND i.id = page.id
      JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
      ${sql.literal(withTerms)}
      LEFT JOIN due d ON d.item = i.id
      LEFT JOIN ${lapsed(sql, organization, sql`SELECT id FROM page`, now)} x ON x.item = i.id
      ORDER BY page.sort_key ${direction}, page.id`
  }
}
