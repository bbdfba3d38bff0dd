import type { ItemId } from "../catalog/Item.ts"
import type { Footprint, Scoped } from "./Footprint.ts"
import { scopedName } from "./State.ts"

/** At most this many items are loaded because they have stock at a location: one more than a count has lines. */
export const stockedItems = 1001

/** A footprint with the items found at its `stocked` locations, which a store looks for before it locks anything. */
export const withStocked = (footprint: Footprint, found: ReadonlyArray<Scoped<ItemId>>): Footprint => {
  if (found.length === 0) return footprint
  const items = new Map(footprint.items)
  for (const { organization, id } of found) items.set(scopedName(organization, id), { organization, id })
  return { ...footprint, items }
}
