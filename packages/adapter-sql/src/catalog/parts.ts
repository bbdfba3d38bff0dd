import type { ItemId, OrganizationId, VariationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

/*
 * The parts of an item are its variations and batches, those of a variation (`null` for the item itself) its batches.
 * They are deleted and restored with it, under the item's lock.
 */

const scopes = ({ sql }: Session, organization: OrganizationId, item: ItemId, variation: VariationId | null) => {
  const ofItem = sql`organization = ${organization} AND item = ${item}`
  return variation === null
    ? [sql`variations WHERE ${ofItem}`, sql`batches WHERE ${ofItem}`]
    : [sql`batches WHERE ${ofItem} AND variation = ${variation}`]
}

/** When the last of the parts that are deleted was deleted; 0 when none is. */
export const latestDeletion = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  item: ItemId,
  variation: VariationId | null
) {
  const { sql } = session
  let latest = 0
  for (const scope of scopes(session, organization, item, variation)) {
    const [row] = yield* sql<{ readonly at: number }>`SELECT coalesce(max(deleted_at), 0) AS at FROM ${scope}`
    latest = Math.max(latest, row?.at ?? 0)
  }
  return latest
})

/** Deletes all parts that are there. */
export const deleteParts = Effect.fnUntraced(function* (
  { sql }: Session,
  organization: OrganizationId,
  item: ItemId,
  variation: VariationId | null,
  at: number
) {
  const ofItem = sql`organization = ${organization} AND item = ${item} AND deleted_at IS NULL`
  const deleted = sql`active = ${false}, deleted_at = ${at}`
  if (variation === null) yield* sql`UPDATE variations SET ${deleted} WHERE ${ofItem}`
  const ofVariation = variation === null ? sql`` : sql`AND variation = ${variation}`
  yield* sql`UPDATE batches SET ${deleted} WHERE ${ofItem} ${ofVariation}`
})

/** Brings back the parts that were deleted at this time. */
export const restoreParts = Effect.fnUntraced(function* (
  { sql }: Session,
  organization: OrganizationId,
  item: ItemId,
  variation: VariationId | null,
  at: number
) {
  const ofItem = sql`organization = ${organization} AND item = ${item} AND deleted_at = ${at}`
  const restored = sql`active = ${true}, deleted_at = NULL`
  if (variation === null) yield* sql`UPDATE variations SET ${restored} WHERE ${ofItem}`
  const ofVariation = variation === null ? sql`` : sql`AND variation = ${variation}`
  yield* sql`UPDATE batches SET ${restored} WHERE ${ofItem} ${ofVariation}`
})
