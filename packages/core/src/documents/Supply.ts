import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { DocumentFields } from "./Document.ts"

/** So many units expected of a supplier. */
export interface SupplyLine {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly location: LocationId
  readonly quantity: number
  readonly received: number
}

/** Stock that was ordered from a supplier and is not here yet: never part of on hand. */
export interface Supply extends DocumentFields<"supply", "open" | "received" | "cancelled"> {
  readonly supplier: number | null
  readonly lines: ReadonlyArray<SupplyLine>
}
