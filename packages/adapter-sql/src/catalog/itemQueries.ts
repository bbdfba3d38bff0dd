import type { Item, StockedItem } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

/** What a query gives of a row: SQLite has no booleans. */
type Row<A> = { readonly [K in keyof A]: A[K] extends boolean ? boolean | number : A[K] }

/** An item with its stock as a query gives it. */
export type StockedItemRow = Row<StockedItem>
export type ItemRow = Row<Item>

/** Postgres has booleans: of its many rows none is made anew. */
export const toItem = <R extends ItemRow>(row: R): Omit<R, keyof Item> & Item =>
  isItem(row)
    ? row
    : {
        ...row,
        hasVariations: Boolean(row.hasVariations),
        hasBatches: Boolean(row.hasBatches),
        isKit: Boolean(row.isKit),
        active: Boolean(row.active)
      }

const isItem = <R extends ItemRow>(row: R): row is R & Item => typeof row.active === "boolean"

/** The columns of `items i` and its terms. */
export const itemColumns = `i.id, i.organization, i.name, i.sku, i.barcode, i.description, i.note, i.kind,
  i.unit_price AS "unitPrice", i.unit_cost AS "unitCost", u.name AS unit, i.unit AS "unitId",
  c.name AS category, i.category AS "categoryId", b.name AS brand, i.brand AS "brandId",
  i.has_variations AS "hasVariations", i.has_batches AS "hasBatches", i.is_kit AS "isKit", i.active,
  i.deleted_at AS "deletedAt", i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.created_by AS "createdBy"`

/** The terms of `items i`. */
export const withTerms = (sql: SqlClient, organization: number): Fragment =>
  sql`LEFT JOIN units u ON u.organization = ${organization} AND u.id = i.unit
    LEFT JOIN categories c ON c.organization = ${organization} AND c.id = i.category
    LEFT JOIN brands b ON b.organization = ${organization} AND b.id = i.brand`

/** The columns of `stock s`, with the units of `due` counted as available, and then those of `lapsed` not. */
const stockColumns = `s.available + s.due - s.lapsed AS available, s.reserved - s.due AS reserved, s.committed,
  s.quarantined + s.lapsed AS quarantined, s.opened_at AS "openedAt", s.clock AS "stockUpdatedAt",
  s.low_stock_threshold AS "lowStockThreshold", s.home, s.version`

/** Softly held units of holds of item `i` whose time is over. */
const due = (sql: SqlClient, organization: number, now: Fragment): Fragment =>
  sql`(SELECT CAST(coalesce(sum(h.reserved), 0) AS BIGINT) FROM hold_lines h
    WHERE h.organization = ${organization} AND h.item = i.item
      AND h.reserved > 0 AND h.expires_at IS NOT NULL AND h.expires_at <= ${now})`

/** Likewise the units available, also by way of `due`, of batches that are expired or quarantined. */
const lapsed = (sql: SqlClient, organization: number, now: Fragment): Fragment =>
  sql`(SELECT CAST(coalesce(sum(l.available), 0) AS BIGINT) FROM batches b
      JOIN balances l ON l.organization = b.organization AND l.item = b.item AND l.batch = b.id AND l.available > 0
      WHERE b.organization = ${organization} AND b.item = i.item AND (b.quarantined OR b.expires_at <= ${now}))
    + (SELECT CAST(coalesce(sum(h.reserved), 0) AS BIGINT) FROM hold_lines h
      JOIN batches b ON b.organization = h.organization AND b.id = h.batch
      WHERE h.organization = ${organization} AND h.item = i.item AND (b.quarantined OR b.expires_at <= ${now})
        AND h.reserved > 0 AND h.expires_at IS NOT NULL AND h.expires_at <= ${now})`

/**
 * The items of `wanted`, a SELECT of `item`, with their stock, in no order. Each row is looked up, and so is what is due
 * and what lapsed: joined, tables are soon read in full by a plan that Postgres made when they were small.
 */
export const selectItems = (session: Session, organization: number, wanted: Fragment, now: Fragment) => {
  const { sql, lookUp } = session
  const ofStock = sql`i.organization = ${organization} AND i.item = wanted.item`
  const ofItem = sql`i.organization = ${organization} AND i.id = s.item`
  return sql<StockedItemRow>`WITH stock AS MATERIALIZED (
      SELECT i.*, ${due(sql, organization, now)} AS due, ${lapsed(sql, organization, now)} AS lapsed
      FROM (${wanted}) wanted ${lookUp("item_stock", "i", ofStock)}
    )
    SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
    FROM stock s ${lookUp("items", "i", ofItem)}
    ${withTerms(sql, organization)}`
}
