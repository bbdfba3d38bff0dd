import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { HoldId } from "../stock/Hold.ts"
import type { DocumentFields } from "./Document.ts"

/** Units wanted that are not there yet: wanted = waiting + filled + cancelled. */
export interface Backorder extends DocumentFields<"backorder", "waiting" | "filled" | "cancelled"> {
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
