import type { ItemId, ItemSort } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { RowsInOrder, Session } from "../Session.ts"
import { type PlacedFilter, whereActive, whereItem, whereStock } from "./itemFilter.ts"
import { tallied } from "./itemTotal.ts"
import { ordered } from "./ordered.ts"
import type { Cut, PickedRow, Total } from "./pages.ts"

/**
 * Low items that are so no longer once what is due is counted as available: those to leave out. With them asked for
 * apart, low items are counted without looking at each. What is due is little: a sweeper books it soon.
 */
const lifted = ({ sql, dialect }: Session, organization: number, now: Fragment): Fragment =>
  sql`lifted AS (SELECT s.item, s.active FROM (
      SELECT item, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines
      WHERE organization = ${organization} AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
      GROUP BY item
    ) due JOIN item_stock s ON s.organization = ${organization} AND s.item = due.item
    WHERE ${sql.literal(dialect.low)} AND s.available + due.units > s.low_stock_threshold)`

/** What each order goes by, before the id, and whether that is in the stock's table. */
const sorts: Record<ItemSort, { readonly by: keyof typeof columns | "id"; readonly descending: boolean }> = {
  id_asc: { by: "id", descending: false },
  name_asc: { by: "name", descending: false },
  name_desc: { by: "name", descending: true },
  stock_asc: { by: "stock", descending: false },
  stock_desc: { by: "stock", descending: true },
  price_asc: { by: "price", descending: false },
  price_desc: { by: "price", descending: true },
  created_asc: { by: "created", descending: false },
  created_desc: { by: "created", descending: true }
}
const columns = {
  name: "i.name",
  stock: "s.on_hand",
  price: "i.price_order",
  created: "i.created_at"
} as const

/**
 * The statements of one page: which items are on it, and how many match.
 *
 * Both go by indexes alone where the filter allows it, so that a page far down the list skips index entries and not wide
 * rows. Of the catalogue's and the stock's table they use what filter and order ask for. Where both are used the stock's
 * comes first, whose indexes are the more selective or hold the order; but a search begins with the items that it finds.
 * What has all that is found in hand (`wholly`) counts it as well (`total`).
 */
export const itemPage = (
  session: Session,
  filter: PlacedFilter,
  now: Fragment,
  wholly: boolean = filter.search !== undefined
) => {
  const { sql, dialect } = session
  const { organization, search } = filter
  const { by, descending } = sorts[filter.sort ?? "id_asc"]
  const sortsStock = by === "stock"
  const ofStock = whereStock(session, filter)
  const asksStock = ofStock.length > 0
  const withLifted = filter.lowStock === true ? [lifted(session, organization, now)] : []
  const from = (stock: boolean, sortsItems: boolean) => {
    const ofItem = whereItem(session, filter)
    const items = !stock || sortsItems || ofItem.length > 0
    const first = items && (!stock || search !== undefined) ? "i" : "s"
    const joined = sql.literal(dialect.inOrder)
    const onSame = sql`ON i.organization = s.organization AND i.id = s.item`
    const tables =
      first === "i"
        ? stock
          ? sql`items i ${joined} item_stock s ${onSame}`
          : sql`items i`
        : items
          ? sql`item_stock s ${joined} items i ${onSame}`
          : sql`item_stock s`
    const scope = sql`${sql.literal(first === "i" ? "i.organization" : "s.organization")} = ${organization}`
    const among = filter.ids === undefined ? [] : [session.among(first === "i" ? "i.id" : "s.item", filter.ids)]
    const conditions = [scope, ...among, ...whereActive(session, filter, first), ...ofItem, ...ofStock]
    return { id: sql.literal(first === "i" ? "i.id" : "s.item"), matching: sql`${tables} WHERE ${sql.and(conditions)}` }
  }
  const picked = from(asksStock || sortsStock, !sortsStock && by !== "id")
  const keys = by === "id" ? [picked.id] : [sql.literal(columns[by]), picked.id]
  const byNumbers = by !== "name" && by !== "price"
  const rows: RowsInOrder = { ...picked, keys, byNumbers, descending }
  const picks = ({ offset, limit, backwards, from: first }: Cut<ItemId>) => {
    const isDescending = descending !== backwards
    if (wholly) {
      const part = session.partOfAll({ ...rows, descending: isDescending, offset, limit })
      return sql<PickedRow<ItemId>>`${withs(sql, withLifted)} ${part}`
    }
    const order = ordered(sql, keys, isDescending)
    const start = first === undefined ? sql`` : sql`AND ${notBefore(first, isDescending)}`
    return sql<PickedRow<ItemId>>`${withs(sql, withLifted)} SELECT ${picked.id} AS id, NULL AS total
      FROM ${picked.matching} ${start} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`
  }
  /** The condition that an item does not come before this one in the list. */
  const notBefore = (first: ItemId, isDescending: boolean) => {
    const beyond = sql.literal(isDescending ? "<=" : ">=")
    if (by === "id" || by === "stock") return sql`${picked.id} ${beyond} ${first}`
    const key = sql.literal(columns[by])
    const ofFirst = sql`(SELECT ${key} FROM items i WHERE i.organization = ${organization} AND i.id = ${first})`
    return sql`(${key}, ${picked.id}) ${beyond} (${ofFirst}, ${first})`
  }
  const told = tallied(session, filter)
  const total = told ?? sql`(SELECT count(*) FROM ${from(asksStock, false).matching})`
  const count = sql<Total>`${withs(sql, withLifted)} SELECT ${total} AS total`
  return { rows, picks, total, count, tallied: told !== null }
}

const withs = (sql: SqlClient, queries: ReadonlyArray<Fragment>): Fragment =>
  queries.length === 0 ? sql`` : sql`WITH ${sql.csv(queries)}`
