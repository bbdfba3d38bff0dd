import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { ProductReference } from "../ProductReference.ts"

const Level = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** `POST /`: a product's inventory record, with its opening stock. */
export const CreateForm = Schema.Struct({
  product_id: ProductReference,
  available_quantity: Level,
  reserved_quantity: optional(Level),
  reorder_threshold: Level
}).annotate({
  examples: [{ product_id: 1, available_quantity: 100, reserved_quantity: 0, reorder_threshold: 10 }]
})

/** `PUT /{product_id}`: only the fields given change. */
export const UpdateForm = Schema.Struct({
  available_quantity: optional(Level),
  reserved_quantity: optional(Level),
  reorder_threshold: optional(Level)
}).annotate({ examples: [{ available_quantity: 80, reorder_threshold: 15 }] })

/** `POST /adjust`: available stock corrected by so many units, up or down. */
export const AdjustForm = Schema.Struct({
  product_id: ProductReference,
  quantity_change: Schema.Int.check(
    Schema.makeFilter((change: number) => change !== 0, { expected: "a change other than 0" })
  ),
  reason: textOf(3, 200),
  reference_id: optional(Schema.Union([textOf(1, 200), Schema.Int]))
}).annotate({
  examples: [{ product_id: 1, quantity_change: -3, reason: "Broken in storage", reference_id: "COUNT-7" }]
})
