import { type CatalogDriver, type Levels, type LocationId, type OrganizationId, onHand } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

interface LocationRow extends Levels {
  readonly location: LocationId
}

/**
 * The leaves of the organization's active items: what due holds still hold softly counted as available, and then what is
 * available of expired or quarantined batches as quarantined. Both are few, and joined from their own indexes. `changed`
 * is what they make of an item's available stock.
 */
const leaves = (sql: SqlClient, organization: OrganizationId, now: Fragment): Fragment =>
  sql`due AS (
      SELECT item, location, variation, batch, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines
      WHERE organization = ${organization} AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
      GROUP BY item, location, variation, batch
    ),
    barred AS (
      SELECT id, item FROM batches WHERE organization = ${organization} AND (quarantined OR expires_at <= ${now})
    ),
    changed AS (
      SELECT item, sum(units) AS units FROM (
        SELECT item, units FROM due WHERE batch NOT IN (SELECT id FROM barred)
        UNION ALL
        SELECT b.item, -b.available FROM barred x JOIN balances b ON b.organization = ${organization} AND b.item = x.item
          AND b.batch = x.id
      ) each_leaf GROUP BY item
    ),
    leaves AS (
      SELECT b.item, b.location,
        CASE WHEN x.id IS NULL THEN b.available + coalesce(d.units, 0) ELSE 0 END AS available,
        b.reserved - coalesce(d.units, 0) AS reserved, b.committed,
        b.quarantined + CASE WHEN x.id IS NULL THEN 0 ELSE b.available + coalesce(d.units, 0) END AS quarantined
      FROM balances b JOIN item_stock s ON s.organization = b.organization AND s.item = b.item AND s.active = ${true}
      LEFT JOIN barred x ON x.id = b.batch
      LEFT JOIN due d ON d.item = b.item AND d.location = b.location AND d.variation = b.variation AND d.batch = b.batch
      WHERE b.organization = ${organization}
    )`

/** What an organization has in stock, over SQL. Reads every leaf once, and every item. */
export const sqlStockFigures = (session: Session): Pick<CatalogDriver, "stockFigures"> => {
  const { sql } = session
  return {
    stockFigures: (organization) =>
      Effect.flatMap(session.moment, (now) =>
        session.snapshot(
          Effect.gen(function* () {
            const byLocation = yield* sql<LocationRow>`WITH ${leaves(sql, organization, now)}
              SELECT location, CAST(sum(available) AS BIGINT) AS available, CAST(sum(reserved) AS BIGINT) AS reserved,
                CAST(sum(committed) AS BIGINT) AS committed, CAST(sum(quarantined) AS BIGINT) AS quarantined
              FROM leaves GROUP BY location ORDER BY location`
            const [items] = yield* sql<{
              readonly low: number
              readonly out: number
            }>`WITH ${leaves(sql, organization, now)}
              SELECT count(CASE WHEN s.available + coalesce(c.units, 0) <= s.low_stock_threshold THEN 1 END) AS low,
                count(CASE WHEN s.available + coalesce(c.units, 0) <= 0 THEN 1 END) AS out
              FROM item_stock s LEFT JOIN changed c ON c.item = s.item
              WHERE s.organization = ${organization} AND s.active = ${true}`
            const sum = (state: keyof Levels) => byLocation.reduce((units, each) => units + each[state], 0)
            const levels = {
              available: sum("available"),
              reserved: sum("reserved"),
              committed: sum("committed"),
              quarantined: sum("quarantined")
            }
            if (!Number.isSafeInteger(onHand(levels))) yield* Effect.die(new RangeError("Stock beyond exact integers"))
            return { levels, low: items?.low ?? 0, out: items?.out ?? 0, byLocation }
          })
        )
      )
  }
}
