import type { Item, ItemFilter, ItemSort, StockedItem } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import { anyContains } from "./text.ts"

/** An item with its stock as a query gives it. */
export interface StockedItemRow extends Omit<StockedItem, "active"> {
  readonly active: number
}

export interface ItemRow extends Omit<Item, "active"> {
  readonly active: number
}

export const toItem = <Row extends ItemRow>(row: Row): Omit<Row, "active"> & { readonly active: boolean } => ({
  ...row,
  active: row.active === 1
})

/** The columns of `items i`. */
export const itemColumns = `i.id, i.organization, i.name, i.sku, i.description, i.unit_price AS "unitPrice", i.unit,
  i.category, i.active, i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.created_by AS "createdBy"`

/** The columns of `item_stock s`, with the units of `due d` counted as available. */
const stockColumns = `s.available + coalesce(d.units, 0) AS available, s.reserved - coalesce(d.units, 0) AS reserved,
  s.committed, s.quarantined, s.opened_at AS "openedAt", s.clock AS "stockUpdatedAt",
  s.low_stock_threshold AS "lowStockThreshold"`

/** Per item, the softly held units of holds whose time is over. They are few: a sweeper books them soon. */
const due = (sql: SqlClient, organization: number, now: number): Fragment =>
  sql`due AS (SELECT item, sum(reserved) AS units FROM hold_lines
    WHERE organization = ${organization} AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
    GROUP BY item)`

/** The one item that a condition on `items i` names. */
export const selectItem = (sql: SqlClient, organization: number, condition: Fragment, now: number) =>
  sql<StockedItemRow>`SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
    FROM items i JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
    LEFT JOIN (SELECT organization, item, sum(reserved) AS units FROM hold_lines
      WHERE reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now} AND organization = ${organization}
      GROUP BY organization, item) d ON d.item = i.id
    WHERE i.organization = ${organization} AND ${condition}`

const onHand = "s.available + s.reserved + s.committed + s.quarantined"

/** Each with the tables it needs; ties go by id. */
const sorts: Record<ItemSort, { readonly order: string; readonly byStock: boolean }> = {
  id_asc: { order: "i.id", byStock: false },
  name_asc: { order: "i.name, i.id", byStock: false },
  name_desc: { order: "i.name DESC, i.id", byStock: false },
  stock_asc: { order: `(${onHand}), s.item`, byStock: true },
  stock_desc: { order: `(${onHand}) DESC, s.item`, byStock: true },
  created_asc: { order: "i.created_at, i.id", byStock: false },
  created_desc: { order: "i.created_at DESC, i.id", byStock: false }
}

/**
 * The statements of one page: how many items match, and the page's rows.
 *
 * The page's ids are picked first, from indexes alone where the filter allows it, so that a page far down the list
 * skips index entries and not wide rows; only the rows of the page are read whole. The stock's table is in it only
 * when the filter or the order asks for stock.
 */
export const itemPage = (sql: SqlClient, filter: ItemFilter, now: number) => {
  const { organization, search, active, opened, lowStock, createdFrom, createdUntil, offset, limit } = filter
  const sort = sorts[filter.sort ?? "id_asc"]
  const clauses: Array<Fragment> = [sql`i.organization = ${organization}`]
  if (active !== undefined) clauses.push(sql`i.active = ${active}`)
  if (createdFrom !== undefined) clauses.push(sql`i.created_at >= ${createdFrom}`)
  if (createdUntil !== undefined) clauses.push(sql`i.created_at < ${createdUntil}`)
  if (search !== undefined) {
    clauses.push(anyContains(sql, ["i.name", "i.sku", "i.description", "i.category"], search))
  }
  if (opened === true) clauses.push(sql`s.opened_at IS NOT NULL`)
  if (lowStock === true) {
    clauses.push(sql`s.available + coalesce(d.units, 0) <= s.low_stock_threshold`)
  }
  const byStock = opened === true || lowStock === true
  const where = sql.and(clauses)
  const withDue = sql`WITH ${due(sql, organization, now)}`
  const dueJoin = lowStock === true ? sql`LEFT JOIN due d ON d.item = i.id` : sql``
  const joined = (stock: boolean) =>
    stock
      ? sql`item_stock s CROSS JOIN items i ON i.organization = s.organization AND i.id = s.item ${dueJoin}`
      : sql`items i`
  // The order by stock walks the index of the stock's table, which must then come first.
  const picked = sort.byStock
    ? sql`item_stock s CROSS JOIN items i ON i.organization = s.organization AND i.id = s.item ${dueJoin}`
    : byStock
      ? sql`items i JOIN item_stock s ON s.organization = i.organization AND s.item = i.id ${dueJoin}`
      : sql`items i`
  const scope = sort.byStock || byStock ? sql`s.organization = ${organization} AND` : sql``
  const countScope = byStock ? sql`s.organization = ${organization} AND` : sql``
  return {
    count: sql<{ readonly total: number }>`${withDue} SELECT count(*) AS total FROM ${joined(byStock)}
      WHERE ${countScope} ${where}`,
    rows: sql<StockedItemRow>`${withDue}, page AS (SELECT i.id AS id FROM ${picked} WHERE ${scope} ${where}
        ORDER BY ${sql.literal(sort.order)} LIMIT ${limit} OFFSET ${offset})
      SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
      FROM page JOIN items i ON i.organization = ${organization} AND i.id = page.id
      JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
      LEFT JOIN due d ON d.item = i.id
      ORDER BY ${sql.literal(sort.order)}`
  }
}
