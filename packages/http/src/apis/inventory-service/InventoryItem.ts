import type { Levels, Outcome, StockedItem } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** A product's inventory record. `reorder_threshold` is its low-stock threshold. */
export const InventoryItem = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  available_quantity: Schema.Int,
  reserved_quantity: Schema.Int,
  reorder_threshold: Schema.Int,
  created_at: Timestamp,
  updated_at: Timestamp
})

/** The record of an item; `null` for one that has none, or is deleted. */
export const recordOf = (item: StockedItem | null): typeof InventoryItem.Type | null =>
  item === null || item.openedAt === null || !item.active ? null : view(item, item, item.openedAt, item.stockUpdatedAt)

/** The record as a command left it; what the command did not tell is as it is now. */
export const recordAfter = (item: StockedItem, outcome: Outcome): typeof InventoryItem.Type => {
  const levels = outcome.items.find((each) => each.item === item.id) ?? item
  const updatedAt = outcome.movements.at(-1)?.at ?? item.stockUpdatedAt
  return view(item, levels, item.openedAt ?? updatedAt, updatedAt)
}

const view = (item: StockedItem, levels: Levels, openedAt: number, updatedAt: number) => ({
  id: item.id,
  product_id: item.id,
  available_quantity: levels.available,
  reserved_quantity: levels.reserved,
  reorder_threshold: item.lowStockThreshold ?? 0,
  created_at: isoTime(openedAt),
  updated_at: isoTime(updatedAt)
})
