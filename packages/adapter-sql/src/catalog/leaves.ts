import {
  type Balance,
  type BatchId,
  type ItemId,
  type LocationId,
  type OrganizationId,
  onHand,
  StillInStock,
  sumOfLeaves,
  type VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

interface EffectiveLeafRow {
  readonly item: ItemId
  readonly location: LocationId
  readonly variation: VariationId | 0
  readonly batch: BatchId | 0
  readonly available: number
  readonly reserved: number
  readonly committed: number
  readonly quarantined: number
}

/**
 * The leaves of some items: what due holds still hold softly counted as available, and then what is available of expired
 * or quarantined batches as quarantined.
 */
export const leavesOf = (
  session: Session,
  organization: OrganizationId,
  items: ReadonlyArray<ItemId>,
  now: Fragment
) => {
  const { sql } = session
  if (items.length === 0) return Effect.succeed([])
  return Effect.map(
    sql<EffectiveLeafRow>`SELECT b.item, b.location, b.variation, b.batch,
        CASE WHEN x.id IS NULL THEN b.available + coalesce(d.units, 0) ELSE 0 END AS available,
        b.reserved - coalesce(d.units, 0) AS reserved, b.committed,
        b.quarantined + CASE WHEN x.id IS NULL THEN 0 ELSE b.available + coalesce(d.units, 0) END AS quarantined
      FROM balances b LEFT JOIN batches x ON x.organization = b.organization AND x.id = b.batch
        AND (x.quarantined OR x.expires_at <= ${now})
      LEFT JOIN (
        SELECT item, location, variation, batch, CAST(sum(reserved) AS BIGINT) AS units FROM hold_lines
        WHERE organization = ${organization} AND ${session.among("item", items)}
          AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
        GROUP BY item, location, variation, batch
      ) d ON d.item = b.item AND d.location = b.location AND d.variation = b.variation AND d.batch = b.batch
      WHERE b.organization = ${organization} AND ${session.among("b.item", items)}`,
    (rows) => rows.map(toLeaf)
  )
}

const toLeaf = ({ variation, batch, ...row }: EffectiveLeafRow): Balance => ({
  ...row,
  variation: variation === 0 ? null : variation,
  batch: batch === 0 ? null : batch
})

/** That nothing is left of a locked item, or of a part of it, at any leaf. */
export const checkEmpty = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  item: ItemId,
  of: StillInStock["of"],
  id: number
) {
  const all = yield* leavesOf(session, organization, [item], yield* session.moment)
  const leaves = of === "item" ? all : all.filter((leaf) => leaf[of] === id)
  if (leaves.every((each) => [each.available, each.reserved, each.committed, each.quarantined].every(isZero))) return
  const { levels } = sumOfLeaves(leaves)
  return yield* new StillInStock({ of, id, onHand: onHand(levels), held: levels.reserved + levels.committed })
})

const isZero = (units: number) => units === 0
