import type { Item, StockedItem } from "@stockbook/core"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"

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

/** Of items, by a condition on a column with their ids, the softly held units of holds whose time is over. */
const due = (sql: SqlClient, organization: number, of: OfItems, now: Fragment): Fragment =>
  sql`(SELECT item, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines WHERE organization = ${organization}
    AND ${of("item")} AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now} GROUP BY item)`

/** Likewise the units available, also by way of `due`, of batches that are expired or quarantined. */
const lapsed = (sql: SqlClient, organization: number, of: OfItems, now: Fragment): Fragment =>
  sql`(SELECT item, CAST(sum(units) AS BIGINT) AS units FROM (
      SELECT l.item, l.available AS units FROM batches b
        JOIN balances l ON l.organization = b.organization AND l.item = b.item AND l.batch = b.id AND l.available > 0
        WHERE b.organization = ${organization} AND ${of("b.item")} AND (b.quarantined OR b.expires_at <= ${now})
      UNION ALL
      SELECT h.item, h.reserved FROM hold_lines h JOIN batches b ON b.organization = h.organization AND b.id = h.batch
        WHERE h.organization = ${organization} AND ${of("h.item")} AND (b.quarantined OR b.expires_at <= ${now})
          AND h.reserved > 0 AND h.expires_at IS NOT NULL AND h.expires_at <= ${now}
    ) barred GROUP BY item)`

/** The condition that a column has the id of one of the items that are meant. */
type OfItems = (column: string) => Fragment

/** Items with their stock, in no order. */
export const selectItems = (sql: SqlClient, organization: number, of: OfItems, now: Fragment) =>
  sql<StockedItemRow>`SELECT ${sql.literal(itemColumns)}, ${sql.literal(stockColumns)}
    FROM items i JOIN item_stock s ON s.organization = i.organization AND s.item = i.id
    ${sql.literal(withTerms)}
    LEFT JOIN ${due(sql, organization, of, now)} d ON d.item = i.id
    LEFT JOIN ${lapsed(sql, organization, of, now)} x ON x.item = i.id
    WHERE i.organization = ${organization} AND ${of("i.id")}`
