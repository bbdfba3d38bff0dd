import { Schema } from "effect"
import { DocumentId } from "../../documents/Document.ts"
import { Quantity } from "../Quantity.ts"
import { context } from "./parts.ts"

/** Higher is served first; 0 when left out. */
export const Priority = Schema.Int.check(Schema.isBetween({ minimum: -1_000_000, maximum: 1_000_000 }))

const target = { backorder: Schema.Struct({ id: DocumentId }) }

/** Waits no longer for some units of a backorder, or for all that still wait. */
export const CancelBackorder = Schema.TaggedStruct("CancelBackorder", {
  ...context,
  ...target,
  quantity: Schema.optionalKey(Quantity)
})

/** Moves a waiting backorder in its queue. */
export const PrioritizeBackorder = Schema.TaggedStruct("PrioritizeBackorder", {
  ...context,
  ...target,
  priority: Priority
})
