import { Schema } from "effect"
import { BatchId } from "../../catalog/Batch.ts"
import { LocationId } from "../../catalog/Location.ts"
import { Quantity } from "../Quantity.ts"
import { selectorFields } from "../StockKey.ts"
import { context, HoldTarget, lines } from "./parts.ts"

/** Where held units are to be kept instead; what is left out is any. */
const Destination = Schema.Struct({
  batch: Schema.optionalKey(BatchId),
  location: Schema.optionalKey(LocationId)
})

/**
 * Moves what a hold keeps to other stock of the same item and variation: the lines named, each to its destination, or
 * all that is left of the hold. Without a destination it goes by the pick order. Nothing is kept where it was, so
 * `InsufficientStock` when there is too little elsewhere. Softly held units stay soft, firm ones firm.
 */
export const Reallocate = Schema.TaggedStruct("Reallocate", {
  ...context,
  hold: HoldTarget,
  lines: Schema.optionalKey(
    lines(Schema.Struct({ ...selectorFields, quantity: Quantity, to: Schema.optionalKey(Destination) }))
  )
})
