import { type CommandInput, isEmailAddress } from "@stockbook/core"

/** A `Notify` command, as it stands in a `Linked` list beside the stock command it tells of. */
export type NotifyInput = Extract<CommandInput, { readonly _tag: "Notify" }>

/** Whom a mail about an order is for. */
export interface OrderRecipient {
  readonly organization: number
  /** Without an address, or with a text that is none, nobody is mailed. */
  readonly to: string | null
  readonly name: string | null
}

/** What a mail about an order tells. Money as decimal text. */
export interface OrderFacts {
  readonly id: number | string
  readonly product: string
  readonly quantity: number
  readonly status: string
}

const notify = (
  kind: string,
  { organization, to, name }: OrderRecipient,
  order: OrderFacts,
  more: Record<string, string>
): ReadonlyArray<NotifyInput> =>
  to === null || !isEmailAddress(to)
    ? []
    : [
        {
          _tag: "Notify",
          organization,
          kind,
          to,
          reference: String(order.id),
          data: {
            order_id: order.id,
            product_name: order.product,
            quantity: order.quantity,
            status: order.status,
            recipient_name: name,
            ...more
          }
        }
      ]

/** Tells the supplier of an order placed with it. None or one command. */
export const incomingOrderPlaced = (
  supplier: OrderRecipient,
  order: OrderFacts & { readonly unitCost: string; readonly totalCost: string }
): ReadonlyArray<NotifyInput> =>
  notify("incoming_order_placed", supplier, order, { unit_cost: order.unitCost, total_cost: order.totalCost })

/** Tells the customer of the order it placed. None or one command. */
export const outgoingOrderPlaced = (
  customer: OrderRecipient,
  order: OrderFacts & { readonly unitPrice: string; readonly totalPrice: string }
): ReadonlyArray<NotifyInput> =>
  notify("outgoing_order_placed", customer, order, { unit_price: order.unitPrice, total_price: order.totalPrice })

/** Tells the customer that its order has another status. None or one command. */
export const outgoingOrderStatusChanged = (
  customer: OrderRecipient,
  order: OrderFacts & { readonly previousStatus: string }
): ReadonlyArray<NotifyInput> =>
  notify("outgoing_order_status_changed", customer, order, { previous_status: order.previousStatus })
