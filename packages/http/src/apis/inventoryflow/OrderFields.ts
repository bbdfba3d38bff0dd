import { Schema } from "effect"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"

export const OrderStatus = Schema.Literals(["pending", "completed", "cancelled"])

/** Units of an order. */
export const OrderedQuantity = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))

/** `PATCH /incoming/{id}` and `PATCH /outgoing/{id}`. */
export const OrderPatch = Schema.Struct({ status: Schema.Literals(["completed", "cancelled"]) }).annotate({
  examples: [{ status: "completed" }]
})

export const IdParam = IntegerParam.check(Schema.isGreaterThan(0))

/** What lists of orders are narrowed by. */
export const orderQuery = {
  ...skipAndLimit,
  search: Schema.optionalKey(Text),
  status: Schema.optionalKey(OrderStatus),
  product_id: Schema.optionalKey(IdParam)
}
