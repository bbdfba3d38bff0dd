import { Schema } from "effect"

/** The organization has no such order. */
export class UnknownOrder extends Schema.TaggedError<UnknownOrder>()("UnknownOrder", {
  order: Schema.NullOr(Schema.Number),
  reference: Schema.NullOr(Schema.String)
}) {
  override get message() {
    return `Order ${this.order ?? `"${this.reference}"`} not found`
  }
}

/** The order is completed or cancelled, and stays so. */
export class OrderClosed extends Schema.TaggedError<OrderClosed>()("OrderClosed", {
  order: Schema.Number,
  status: Schema.Literals(["completed", "cancelled"])
}) {
  override get message() {
    return `Order ${this.order} is already ${this.status}`
  }
}

/** The order comes to more than can be kept exactly: 13 digits before the point. */
export class OrderTooLarge extends Schema.TaggedError<OrderTooLarge>()("OrderTooLarge", {
  quantity: Schema.Number,
  unitAmount: Schema.String,
  total: Schema.String
}) {
  override get message() {
    return `The order comes to ${this.total}, more than 13 digits before the point`
  }
}

export type OrderRejection = UnknownOrder | OrderClosed | OrderTooLarge
