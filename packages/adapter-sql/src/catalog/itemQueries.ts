import type { Item, ItemFilter, ItemSort, StockedItem } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { whereActive, whereItem, whereStock } from "./itemFilter.ts"

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
  s.low_stock_threshold AS "lowStockThreshold", s.home, s.version`

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
const sorts: Record<ItemSort, { readonly by: keyof typeof keys; readonly descending: boolean }> = {
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
const keys = {
  id: "i.id",
  name: "i.name",
  stock: "s.on_hand",
  price: "i.price_order",
  created: "i.created_at"
} as const

/** Which part of a list: so many rows after so many, counted from its end if `backwards`. They come in the list's order. */
interface Cut {
  readonly offset: number
  readonly limit: number
  readonly backwards: boolean
}

/**
 * The statements of one page: the page's rows, and how many items match.
 *
 * The page's ids are picked first, from indexes alone where the filter allows it, so that a page far down the list
 * skips index entries and not wide rows; only the rows of the page are read whole. Of the catalogue's and the stock's
 * table, picking and counting use what filter and order ask for. Where both are used the stock's comes first, whose
 * indexes are the more selective or hold the order; but a search begins with the items that it finds, all of which the
 * rows' statement has had in hand and so counts as well (`total`).
 */
export const itemPage = (session: Session, filter: ItemFilter, now: Fragment) => {
  const { sql, dialect } = session
  const { organization, search } = filter
  const { by, descending } = sorts[filter.sort ?? "id_asc"]
  const sortsStock = by === "stock"
  const ofStock = whereStock(session, filter)
  const asksStock = ofStock.length > 0
  const withDue = sql`WITH ${due(sql, organization, now)}, ${lifted(sql, organization)}`
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
    const conditions = [scope, ...whereActive(session, filter, first), ...ofItem, ...ofStock]
    return { id: sql.literal(first === "i" ? "i.id" : "s.item"), matching: sql`${tables} WHERE ${sql.and(conditions)}` }
  }
  const picked = from(asksStock || sortsStock, !sortsStock && by !== "id")
  const key = by === "id" ? picked.id : sql.literal(keys[by])
  const matching = sql`SELECT ${picked.id} AS id, ${key} AS sort_key FROM ${picked.matching}`
  const total = search === undefined ? sql`NULL` : sql`(SELECT count(*) FROM found)`
  const rows = ({ offset, limit, backwards }: Cut) => {
    const direction = sql.literal(descending ? "DESC" : "ASC")
    const towards = sql.literal(descending === backwards ? "ASC" : "DESC")
    const cut = sql`LIMIT ${limit} OFFSET ${offset}`
    const page =
      search === undefined
        ? sql`page AS (${matching} ORDER BY ${key} ${towards}, ${picked.id} ${towards} ${cut})`
        : sql`found AS MATERIALIZED (${matching}),
          page AS (SELECT id, sort_key FROM found ORDER BY sort_key ${towards}, id ${towards} ${cut})`
    return sql<StockedItemRow & { readonly total: number | null }>`${withDue}, ${page}
      SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}, ${total} AS total
      FROM page JOIN items i ON i.organization = ${organization} AND i.id = page.id
      JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
      ${sql.literal(withTerms)}
      LEFT JOIN due d ON d.item = i.id
      LEFT JOIN ${lapsed(sql, organization, sql`SELECT id FROM page`, now)} x ON x.item = i.id
      ORDER BY page.sort_key ${direction}, page.id ${direction}`
  }
  return {
    rows,
    count: sql<{ readonly total: number }>`${withDue} SELECT count(*) AS total FROM ${from(asksStock, false).matching}`
  }
}
