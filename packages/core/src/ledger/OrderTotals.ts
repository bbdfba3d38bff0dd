import { type Amount, fromMillionths, toMillionths } from "../costs/Amount.ts"
import type { Order, OrderSide } from "../documents/Order.ts"

/** The orders of one side: how many there are, and what those that are not cancelled come to. */
export interface OrderTotal {
  readonly orders: number
  readonly value: Amount
}

/** The orders of an organization. */
export type OrderTotals = Readonly<Record<OrderSide, OrderTotal>>

/** Adds orders up. */
export const orderTotals = (orders: ReadonlyArray<Order>): OrderTotals => {
  const totalOf = (side: OrderSide): OrderTotal => {
    const ofSide = orders.filter((order) => order.side === side)
    const millionths = ofSide
      .filter(({ status }) => status !== "cancelled")
      .reduce((sum, { total }) => sum + toMillionths(total), 0n)
    return { orders: ofSide.length, value: fromMillionths(millionths) }
  }
  return { incoming: totalOf("incoming"), outgoing: totalOf("outgoing") }
}
