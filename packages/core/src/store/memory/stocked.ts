import type { Batch, BatchId } from "../../catalog/Batch.ts"
import { StillInStock } from "../../catalog/CatalogError.ts"
import type { Item, ItemId } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { effectiveLeaves, sumOfLeaves } from "../../ledger/levels.ts"
import { isDue } from "../../stock/Hold.ts"
import { type Balance, onHand } from "../../stock/Levels.ts"
import type { Tables } from "./Tables.ts"

/** The organization's item of this id. */
export const findItem = (tables: Tables, organization: OrganizationId, id: ItemId): Item | null => {
  const item = tables.items.get(id)
  return item?.organization === organization ? item : null
}

/** Gives an item another version: what was decided on what it was is not to be stored any more. */
export const bumpItem = (tables: Tables, id: ItemId, active?: boolean): void => {
  const stock = tables.stock.get(id)
  if (stock !== undefined) {
    tables.stock.set(id, { ...stock, active: active ?? stock.active, version: tables.nextId++ })
  }
}

/** An item's leaves at an instant. */
export const leavesOf = (tables: Tables, item: ItemId, now: number): ReadonlyArray<Balance> => {
  const due = Array.from(tables.openHolds.get(item)?.expiring ?? [], (id) => tables.holds.get(id)).filter(
    (hold) => hold !== undefined
  )
  return effectiveLeaves(
    Array.from(tables.balances.get(item)?.values() ?? []),
    due.filter((hold) => isDue(hold, now)),
    barredOf(tables, item, now),
    now
  )
}

/** An item's batches that are expired or quarantined. */
export const barredOf = (tables: Tables, item: ItemId, now: number): ReadonlyArray<BatchId> =>
  Array.from(tables.batches.values())
    .filter((batch) => batch.item === item && isBarred(batch, now))
    .map(({ id }) => id)

/** Whether a batch is expired or quarantined. */
export const isBarred = ({ quarantined, expiresAt }: Batch, now: number): boolean =>
  quarantined || (expiresAt !== null && expiresAt <= now)

/** Why an item, variation or batch cannot be deleted: one of its leaves is not empty. */
export const stillInStock = (
  tables: Tables,
  of: StillInStock["of"],
  id: number,
  now: number,
  within: (leaf: Balance) => boolean
): StillInStock | null => {
  const leaves = Array.from(tables.balances.keys()).flatMap((item) => leavesOf(tables, item, now).filter(within))
  const { levels } = sumOfLeaves(leaves)
  const empty = leaves.every((leaf) => [leaf.available, leaf.reserved, leaf.committed, leaf.quarantined].every(isZero))
  return empty ? null : new StillInStock({ of, id, onHand: onHand(levels), held: levels.reserved + levels.committed })
}

const isZero = (units: number) => units === 0
