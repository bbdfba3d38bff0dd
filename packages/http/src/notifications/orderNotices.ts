import { type CommandInput, isEmailAddress } from "@stockbook/core"

/** A notice as it goes with a command on an order, which gives it the order's id. */
export type OrderNotice = NonNullable<
  Extract<CommandInput, { readonly _tag: "PlaceOrder" | "CompleteOrder" }>["notices"]
>[number]

/** Whom a mail about an order is for. */
export interface OrderRecipient {
  /** Without an address, or with a text that is none, nobody is mailed. */
  readonly to: string | null
  readonly name: string | null
}

/** What a mail about an order tells. Money as decimal text. */
export interface OrderFacts {
  readonly product: string
  readonly quantity: number
  readonly status: string
}

const notice = (
  kind: string,
  { to, name }: OrderRecipient,
  order: OrderFacts,
  more: Record<string, string>
): ReadonlyArray<OrderNotice> =>
  to === null || !isEmailAddress(to)
    ? []
    : [
        {
          kind,
          to,
          data: {
            product_name: order.product,
            quantity: order.quantity,
            status: order.status,
            recipient_name: name,
            ...more
          }
        }
      ]

/** Tells the supplier of an order placed with it. None or one notice. */
export const incomingOrderPlaced = (
  supplier: OrderRecipient,
  order: OrderFacts & { readonly unitCost: string; readonly totalCost: string }
): ReadonlyArray<OrderNotice> =>
  notice("incoming_order_placed", supplier, order, { unit_cost: order.unitCost, total_cost: order.totalCost })

/** Tells the customer of the order it placed. None or one notice. */
export const outgoingOrderPlaced = (
  customer: OrderRecipient,
  order: OrderFacts & { readonly unitPrice: string; readonly totalPrice: string }
): ReadonlyArray<OrderNotice> =>
  notice("outgoing_order_placed", customer, order, { unit_price: order.unitPrice, total_price: order.totalPrice })

/** Tells the customer that its order has another status. None or one notice. */
export const outgoingOrderStatusChanged = (
  customer: OrderRecipient,
  order: OrderFacts & { readonly previousStatus: string }
): ReadonlyArray<OrderNotice> =>
  notice("outgoing_order_status_changed", customer, order, { previous_status: order.previousStatus })
