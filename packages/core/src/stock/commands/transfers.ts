import { Schema } from "effect"
import { BatchId } from "../../catalog/Batch.ts"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { textOf } from "../../catalog/Text.ts"
import { VariationId } from "../../catalog/Variation.ts"
import { DocumentId } from "../../documents/Document.ts"
import { Quantity } from "../Quantity.ts"
import { context, lines, maxLines, Reference, reference, serials, unitCost } from "./parts.ts"

/** A transfer by its id, or by the caller's reference. */
export const TransferTarget = Schema.Union([Schema.Struct({ id: DocumentId }), Schema.Struct({ reference: Reference })])
export type TransferTarget = typeof TransferTarget.Type

/** Some units of an item, narrowed to a variation or a batch; where they are, the transfer says. */
const TransferLine = Schema.Struct({
  item: ItemId,
  variation: Schema.optionalKey(VariationId),
  batch: Schema.optionalKey(BatchId),
  quantity: Quantity,
  ...serials
})

const step = { ...context, ...reference, transfer: TransferTarget }

/**
 * Asks for stock to be moved to another location, and holds it: picked at the source by the pick order, it is committed
 * there until it is dispatched, all lines or none. `reference` is the transfer's own name; the same request again is the
 * same transfer. `label` is free text that need not be unique; `dueAt`, epoch milliseconds, when it should arrive.
 */
const RequestTransfer = Schema.TaggedStruct("RequestTransfer", {
  ...context,
  ...reference,
  from: LocationId,
  to: LocationId,
  lines: lines(TransferLine),
  label: Schema.optionalKey(Schema.NullOr(textOf(0, 200))),
  dueAt: Schema.optionalKey(Schema.NullOr(Schema.Int))
})

/** Held stock leaves the source and is in transit: the lines named, or all that is still there. */
const DispatchTransfer = Schema.TaggedStruct("DispatchTransfer", {
  ...step,
  lines: Schema.optionalKey(lines(TransferLine))
})

/**
 * What is in transit arrives: the lines named (an empty list for none), or all but what is `lost`. `found` is what
 * arrived beyond what was sent. When nothing of it is on its way any more, the transfer is completed.
 */
const ReceiveTransfer = Schema.TaggedStruct("ReceiveTransfer", {
  ...step,
  lines: Schema.optionalKey(Schema.Array(TransferLine).check(Schema.isMaxLength(maxLines))),
  lost: Schema.optionalKey(lines(TransferLine)),
  found: Schema.optionalKey(lines(Schema.Struct({ ...TransferLine.fields, ...unitCost })))
})

/** From held at the source to available at the destination in one step; only of a transfer none of which has left. */
const CompleteTransfer = Schema.TaggedStruct("CompleteTransfer", step)

/**
 * What has not arrived goes back to where it was taken from; what has arrived stays. With `pendingOnly`, a transfer of
 * which something has left is refused (`TransferNotPending`).
 */
const CancelTransfer = Schema.TaggedStruct("CancelTransfer", {
  ...step,
  pendingOnly: Schema.optionalKey(Schema.Boolean)
})

export const transferCommands = [
  RequestTransfer,
  DispatchTransfer,
  ReceiveTransfer,
  CompleteTransfer,
  CancelTransfer
] as const
