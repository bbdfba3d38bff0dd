import type { Item, Order, Partner } from "@stockbook/core"
import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { CustomerSummary, customerSummary } from "./Customer.ts"
import { Id } from "./Id.ts"
import { MoneyNumber, moneyNumber } from "./MoneyNumber.ts"
import { OrderedQuantity, OrderStatus } from "./OrderFields.ts"
import { ProductName, productName } from "./Product.ts"

/** `POST /outgoing/`. The date is now when left out. */
export const OutgoingOrderForm = Schema.Struct({
  customer_id: Id,
  product_id: Id,
  stock_id: Id,
  quantity: OrderedQuantity,
  order_date: optional(PeriodParam)
}).annotate({
  examples: [{ customer_id: 1, product_id: 1, stock_id: 1, quantity: 2, order_date: "2023-10-27T11:00:00Z" }]
})

/** An order as lists show it. */
export const OutgoingOrderRow = Schema.Struct({
  id: Schema.Int,
  customer_id: Schema.Int,
  product_id: Schema.Int,
  quantity: Schema.Int,
  total_price: MoneyNumber,
  status: OrderStatus
})

export const OutgoingOrderView = Schema.Struct({
  ...OutgoingOrderRow.fields,
  stock_id: Schema.Int,
  unit_price: MoneyNumber,
  order_date: Timestamp,
  customer: Schema.NullOr(CustomerSummary),
  product: Schema.NullOr(ProductName)
})

export const outgoingOrderRow = (order: Order): typeof OutgoingOrderRow.Type => ({
  id: order.id,
  customer_id: order.partner,
  product_id: order.item,
  quantity: order.quantity,
  total_price: moneyNumber(order.total),
  status: order.status
})

export const outgoingOrderView = (
  order: Order,
  { item, partner }: { readonly item: Item | null; readonly partner: Partner | null }
): typeof OutgoingOrderView.Type => ({
  ...outgoingOrderRow(order),
  stock_id: order.batch,
  unit_price: moneyNumber(order.unitAmount),
  order_date: isoTime(order.date),
  customer: partner === null ? null : customerSummary(partner),
  product: item === null ? null : productName(item)
})
