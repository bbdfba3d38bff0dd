import { Schema } from "effect"
import { BatchId } from "../../catalog/Batch.ts"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { PartnerId } from "../../catalog/Partner.ts"
import { textOf } from "../../catalog/Text.ts"
import { UnitCost } from "../../catalog/UnitCost.ts"
import { DocumentId } from "../../documents/Document.ts"
import { orderSides } from "../../documents/Order.ts"
import { noticeFields } from "../../notifications/Notice.ts"
import { Quantity } from "../Quantity.ts"
import { context, Reference, reference } from "./parts.ts"

const side = Schema.Literals(orderSides)

/** An order by its id, or by its side and the caller's reference. */
export const OrderTarget = Schema.Union([
  Schema.Struct({ id: DocumentId }),
  Schema.Struct({ side, reference: Reference })
])
export type OrderTarget = typeof OrderTarget.Type

/** Raised with the command, each telling of the order: its `reference` and its `data.order_id` are the order's id. */
const notices = {
  notices: Schema.optionalKey(
    Schema.Array(Schema.Struct({ kind: noticeFields.kind, to: noticeFields.to, data: noticeFields.data })).check(
      Schema.isMaxLength(10)
    )
  )
}

/**
 * Places an order and moves its stock at once: from the supplier into the batch, at the default location unless one is
 * named; or out of that batch and no other to the customer. `reference` is the order's own name; the same request again
 * is the same order. `unitAmount` is what a unit costs or sells for, `date` (epoch milliseconds) the day it is for, now when
 * left out,
 * `label` words to find it by.
 */
const PlaceOrder = Schema.TaggedStruct("PlaceOrder", {
  ...context,
  ...reference,
  side,
  partner: PartnerId,
  item: ItemId,
  batch: BatchId,
  location: Schema.optionalKey(LocationId),
  quantity: Quantity,
  unitAmount: UnitCost,
  date: Schema.optionalKey(Schema.Int),
  label: Schema.optionalKey(Schema.NullOr(textOf(0, 2000))),
  ...notices
})

/** A pending order is done. It moves no stock. */
const CompleteOrder = Schema.TaggedStruct("CompleteOrder", { ...context, order: OrderTarget, ...notices })

/**
 * Takes a pending order back: what came in goes out again, if it is still where it came to (`InsufficientStock`
 * otherwise); what went out comes back to the batch, where it was taken from.
 */
const CancelOrder = Schema.TaggedStruct("CancelOrder", { ...context, order: OrderTarget, ...notices })

export const orderCommands = [PlaceOrder, CompleteOrder, CancelOrder] as const
