import type { Balance, Flow, ItemId, ItemMark, LocationId, MovementFilter, OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import { type LeafRow, toLeaf } from "../rows/StockRows.ts"
import type { Session } from "../Session.ts"
import { whereMovement } from "./movementQueries.ts"

/** The highest power of two that ids and sums of them stay exact with. */
const firstStep = 2 ** 51

/**
 * Each item's place in the ledger at an instant (`low`: the movements up to this id are those up to and including the
 * instant), found by bisection: within an item, ids rise with time. Each step asks the index by item for one row, so
 * the length of the ledger does not matter.
 */
const bisect = ({ sql }: Session, organization: OrganizationId, items: ReadonlyArray<ItemId>, at: number) =>
  sql`bisect (item, low, step) AS (
    SELECT i.id, CAST(0 AS bigint), CAST(${firstStep} AS bigint) FROM items i
      WHERE i.organization = ${organization} AND ${sql.in("i.id", items)}
    UNION ALL
    SELECT b.item, b.low + CASE WHEN (SELECT m.at FROM movements m
        WHERE m.organization = ${organization} AND m.item = b.item AND m.id > b.low AND m.id <= b.low + b.step
        ORDER BY m.id DESC LIMIT 1) > ${at} THEN 0 ELSE b.step END, b.step / 2
      FROM bisect b WHERE b.step > 0
  )`

/** What the last movement of each item up to an instant left. */
export const readMarks = (
  session: Session,
  organization: OrganizationId,
  items: ReadonlyArray<ItemId>,
  at: number
): Effect.Effect<ReadonlyArray<ItemMark>, SqlError> =>
  items.length === 0
    ? Effect.succeed([])
    : session.sql<ItemMark>`WITH RECURSIVE ${bisect(session, organization, items, at)}
      SELECT b.item, m.id AS movement, m.available_after AS available, m.on_hand_after AS ${session.sql("onHand")}
      FROM bisect b JOIN movements m ON m.organization = ${organization} AND m.item = b.item AND m.id = (
        SELECT max(l.id) FROM movements l WHERE l.organization = ${organization} AND l.item = b.item AND l.id <= b.low)
      WHERE b.step = 0 ORDER BY b.item`

interface LeafAsOfRow extends Omit<LeafRow, "negative_limit"> {
  readonly item: ItemId
}

/** The leaves of items as they were: as they are, less what moved since. */
export const readLeavesAsOf = (
  session: Session,
  organization: OrganizationId,
  items: ReadonlyArray<ItemId>,
  at: number,
  location: LocationId | null
): Effect.Effect<ReadonlyArray<Balance>, SqlError> => {
  const { sql } = session
  if (items.length === 0) return Effect.succeed([])
  const here = location === null ? sql`` : sql`WHERE location = ${location}`
  const rows = sql<LeafAsOfRow>`WITH RECURSIVE ${bisect(session, organization, items, at)},
    since (item, location, variation, batch, state, units) AS (
      SELECT m.item, m.from_location, m.from_variation, m.from_batch, m.from_account, m.quantity
      FROM bisect b JOIN movements m ON m.organization = ${organization} AND m.item = b.item AND m.id > b.low
      WHERE b.step = 0 AND m.from_location IS NOT NULL
      UNION ALL
      SELECT m.item, m.to_location, m.to_variation, m.to_batch, m.to_account, -m.quantity
      FROM bisect b JOIN movements m ON m.organization = ${organization} AND m.item = b.item AND m.id > b.low
      WHERE b.step = 0 AND m.to_location IS NOT NULL
    ),
    leaves AS (
      SELECT l.item, l.location, l.variation, l.batch, l.available, l.reserved, l.committed, l.quarantined
      FROM balances l WHERE l.organization = ${organization} AND ${sql.in("l.item", items)}
      UNION ALL
      SELECT item, location, variation, batch, CASE WHEN state = 'available' THEN units ELSE 0 END,
        CASE WHEN state = 'reserved' THEN units ELSE 0 END, CASE WHEN state = 'committed' THEN units ELSE 0 END,
        CASE WHEN state = 'quarantined' THEN units ELSE 0 END
      FROM since
    ),
    sums AS (
      SELECT item, location, variation, batch, CAST(sum(available) AS bigint) AS available,
        CAST(sum(reserved) AS bigint) AS reserved, CAST(sum(committed) AS bigint) AS committed,
        CAST(sum(quarantined) AS bigint) AS quarantined
      FROM leaves ${here} GROUP BY item, location, variation, batch
    )
    SELECT * FROM sums WHERE available <> 0 OR reserved <> 0 OR committed <> 0 OR quarantined <> 0
    ORDER BY item, location, variation, batch`
  return Effect.map(rows, (found) => found.map((row) => toLeaf(row.item, row)))
}

/** Units by accounts and cause. */
export const readFlows = (session: Session, filter: MovementFilter): Effect.Effect<ReadonlyArray<Flow>, SqlError> =>
  session.sql<Flow>`SELECT m.from_account AS ${session.sql("from")}, m.to_account AS ${session.sql("to")}, m.cause,
      CAST(sum(m.quantity) AS bigint) AS units, count(*) AS movements
    FROM movements m WHERE ${whereMovement(session, filter)}
    GROUP BY m.from_account, m.to_account, m.cause ORDER BY min(m.id)`
