import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { HoldId } from "../stock/Hold.ts"
import type { DocumentFields } from "./Document.ts"

/**
 * Units of one line of a reservation that were not there: wanted = waiting + filled + cancelled. Whatever becomes
 * available of the item fills its waiting backorders in the same decision, by priority and then by age.
 */
export interface Backorder extends DocumentFields<"backorder", "waiting" | "filled" | "cancelled"> {
  /** The reference of the reservation it is the rest of; `null` when that had none. */
  readonly order: string | null
  /** The line of that reservation. */
  readonly line: number
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly location: LocationId | null
  /** Higher is served first; ties by age. */
  readonly priority: number
  readonly wanted: number
  readonly waiting: number
  readonly filled: number
  readonly cancelled: number
  /** The holds that fills made. */
  readonly holds: ReadonlyArray<HoldId>
}
