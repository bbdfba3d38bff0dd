import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { Loaded } from "../store/StockDriver.ts"
import type { Scoped } from "./Footprint.ts"

/**
 * Batches that will be quarantined ahead of what is decided, of items whose units have serials: no command names those
 * units, so the store finds them.
 */
export const trackedLapses = ({
  now,
  items,
  balances,
  batches
}: Pick<Loaded, "now" | "items" | "balances" | "batches">): ReadonlyArray<
  Scoped<ItemId> & { readonly batch: BatchId }
> =>
  items
    .filter(({ details }) => details?.serials === true)
    .flatMap(({ organization, item, clock }) => {
      const there = new Set(
        balances.flatMap((leaf) =>
          leaf.item === item && leaf.available > 0 && leaf.batch !== null ? [leaf.batch] : []
        )
      )
      // Time is that of the item's last change, where the store's clock is behind it.
      const time = Math.max(now, clock)
      return batches
        .filter(({ id, quarantined, expiresAt }) => there.has(id) && (quarantined || (expiresAt ?? time + 1) <= time))
        .map(({ id: batch }) => ({ organization, id: item, batch }))
    })
