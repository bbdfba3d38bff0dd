import type { LocationId } from "../catalog/Location.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import type { WorkingItem, WorkingLeaf } from "./State.ts"

/** So many units from one leaf. */
export interface Pick {
  readonly leaf: WorkingLeaf
  readonly quantity: number
}

/** What earlier lines of the same command have already taken. */
export type Taken = Map<WorkingLeaf, number>

/** What a level can still give, and the leaves that give it, in order. */
export interface PickPlan {
  /** Units available at the level, less what earlier lines took. */
  readonly available: number
  /** The picks; together the smaller of `available` and the quantity asked for. */
  readonly picks: ReadonlyArray<Pick>
}

/**
 * Picks leaves under a selector: the organization's default location first, then locations, variations and batches
 * in order of their ids, none before any. Check, reserve and issue all use this plan.
 */
export const pick = (
  item: WorkingItem,
  selector: Selector,
  quantity: number,
  defaultLocation: LocationId,
  taken: Taken | null
): PickPlan => {
  const leaves: Array<WorkingLeaf> = []
  let available = 0
  for (const leaf of item.leaves.values()) {
    if (leaf.available > 0 && isUnder(leaf.key, selector)) {
      leaves.push(leaf)
      available += leaf.available - (taken?.get(leaf) ?? 0)
    }
  }
  if (leaves.length > 1) leaves.sort(inPickOrder(defaultLocation))
  const picks: Array<Pick> = []
  let left = quantity
  for (const leaf of leaves) {
    if (left === 0) break
    const used = taken?.get(leaf) ?? 0
    const take = Math.min(left, leaf.available - used)
    if (take <= 0) continue
    picks.push({ leaf, quantity: take })
    taken?.set(leaf, used + take)
    left -= take
  }
  return { available, picks }
}

const inPickOrder = (defaultLocation: LocationId) => (a: WorkingLeaf, b: WorkingLeaf) =>
  Number(b.key.location === defaultLocation) - Number(a.key.location === defaultLocation) ||
  a.key.location - b.key.location ||
  (a.key.variation ?? 0) - (b.key.variation ?? 0) ||
  (a.key.batch ?? 0) - (b.key.batch ?? 0)
