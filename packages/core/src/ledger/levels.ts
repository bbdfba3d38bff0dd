import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { ByLocation } from "../catalog/lists.ts"
import type { ItemPolicy } from "../policies/Policy.ts"
import { type Hold, isDue } from "../stock/Hold.ts"
import { addLevels, type Balance, type Levels, noLevels } from "../stock/Levels.ts"
import type { BalanceRow } from "../store/StockDriver.ts"
import type { StoredItem } from "./LedgerDriver.ts"

/** An item's stock at every level. Each parent is the sum of its children, in every state. Units. */
export interface ItemStock {
  readonly item: ItemId
  readonly total: Levels
  readonly byLocation: ReadonlyArray<Levels & { readonly location: number }>
  /** `null` is stock without a variation. */
  readonly byVariation: ReadonlyArray<Levels & { readonly variation: number | null }>
  /** `null` is stock without a batch. */
  readonly byBatch: ReadonlyArray<Levels & { readonly batch: number | null }>
  readonly leaves: ReadonlyArray<Balance>
  readonly openedAt: number | null
  readonly updatedAt: number
  readonly lowStockThreshold: number | null
  /** What its policy says beside the threshold; `null` for nothing. */
  readonly policy: ItemPolicy | null
  /** So many units available may fall below zero. */
  readonly negativeLimit: number
  /** A low-stock alert was raised and not cleared since. */
  readonly alert: boolean
  /** Available is at or below the threshold. */
  readonly lowStock: boolean
  /** Rises with every change to anything within the item, by any amount. */
  readonly version: number
}

/**
 * What an item's stock is at an instant: softly held units of holds whose time is over count as available, and what is
 * available of batches that are expired or quarantined counts as quarantined, as the next command would make them.
 */
export const itemStock = ({ stock, balances, due, barred }: StoredItem, now: number): ItemStock => {
  const leaves = effectiveLeaves(balances, due, barred, now)
  const total = leaves.reduce<Levels>(addLevels, noLevels)
  return {
    item: stock.item,
    total,
    byLocation: group(leaves, (leaf) => leaf.location).map(([location, levels]) => ({ location, ...levels })),
    byVariation: group(leaves, (leaf) => leaf.variation).map(([variation, levels]) => ({ variation, ...levels })),
    byBatch: group(leaves, (leaf) => leaf.batch).map(([batch, levels]) => ({ batch, ...levels })),
    leaves,
    openedAt: stock.openedAt,
    updatedAt: stock.clock,
    lowStockThreshold: stock.lowStockThreshold,
    policy: stock.details?.policy ?? null,
    negativeLimit: stock.negativeLimit,
    alert: stock.alert,
    lowStock: stock.lowStockThreshold !== null && total.available <= stock.lowStockThreshold,
    version: stock.version
  }
}

/** Leaves at an instant, as the next command would make them; see `itemStock`. */
export const effectiveLeaves = (
  balances: ReadonlyArray<BalanceRow>,
  due: ReadonlyArray<Hold>,
  barred: ReadonlyArray<BatchId>,
  now: number
): ReadonlyArray<Balance> =>
  balances.map(({ organization: _, ...leaf }) => withLapsed(withExpired(leaf, due, now), barred))

/** What leaves have together, over all and at each location, by location. */
export const sumOfLeaves = (
  leaves: ReadonlyArray<Balance>
): { readonly levels: Levels; readonly byLocation: ByLocation } => ({
  levels: pickLevels(leaves.reduce<Levels>(addLevels, noLevels)),
  byLocation: group(leaves, (leaf) => leaf.location)
    .map(([location, levels]) => ({ location, ...levels }))
    .sort((a, b) => a.location - b.location)
})

const withExpired = (leaf: Balance, due: ReadonlyArray<Hold>, now: number): Balance => {
  let expired = 0
  for (const hold of due) {
    if (!isDue(hold, now)) continue
    for (const line of hold.lines) {
      const same =
        line.item === leaf.item &&
        line.location === leaf.location &&
        line.variation === leaf.variation &&
        line.batch === leaf.batch
      if (same) expired += line.reserved
    }
  }
  return expired === 0 ? leaf : { ...leaf, available: leaf.available + expired, reserved: leaf.reserved - expired }
}

const withLapsed = (leaf: Balance, barred: ReadonlyArray<BatchId>): Balance =>
  leaf.available > 0 && leaf.batch !== null && barred.includes(leaf.batch)
    ? { ...leaf, available: 0, quarantined: leaf.quarantined + leaf.available }
    : leaf

const group = <K>(leaves: ReadonlyArray<Balance>, key: (leaf: Balance) => K): Array<[K, Levels]> => {
  const groups = new Map<K, Levels>()
  for (const leaf of leaves) groups.set(key(leaf), addLevels(groups.get(key(leaf)) ?? noLevels, pickLevels(leaf)))
  return Array.from(groups)
}

const pickLevels = ({ available, reserved, committed, quarantined }: Levels): Levels => ({
  available,
  reserved,
  committed,
  quarantined
})
