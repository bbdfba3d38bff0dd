import type { BatchId } from "../catalog/Batch.ts"
import { byKey } from "../stock/StockKey.ts"
import type { WorkingItem, WorkingLeaf } from "./State.ts"

/** Why stock of a batch is not sold at an instant; `null` when it is. A batch is expired from its expiry on. */
export const barOf = (item: WorkingItem, batch: BatchId | null, now: number): "quarantined" | "expired" | null => {
  const facts = batch === null ? undefined : item.batches.get(batch)
  if (facts === undefined) return null
  if (facts.quarantined) return "quarantined"
  return facts.expiresAt !== null && facts.expiresAt <= now ? "expired" : null
}

/** An item's leaves with something available that may not be sold any more, in the same order in every store. */
export const lapsedLeaves = (item: WorkingItem, now: number): ReadonlyArray<WorkingLeaf> => {
  if (item.batches.size === 0) return []
  const lapsed: Array<WorkingLeaf> = []
  for (const leaf of item.leaves.values()) {
    if (leaf.available > 0 && barOf(item, leaf.key.batch, now) !== null) lapsed.push(leaf)
  }
  return lapsed.length > 1 ? lapsed.sort((a, b) => byKey(a.key, b.key)) : lapsed
}
