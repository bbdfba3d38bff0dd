import { documentName } from "../../documents/Document.ts"
import type { Order } from "../../documents/Order.ts"
import type { CommandOf } from "../../stock/Command.ts"
import type { OrderTarget } from "../../stock/commands/orders.ts"
import type { Decision } from "../Decision.ts"
import type { StockState } from "../State.ts"

/** The order an id, or a side and a reference, names in the organization. */
export const findOrder = (
  state: StockState,
  organization: Order["organization"],
  target: OrderTarget
): Order | undefined => {
  const id =
    "id" in target
      ? target.id
      : state.documentReferences.get(documentName(organization, `${target.side}Order`, target.reference))
  const found = id === undefined ? undefined : state.documents.get(id)
  const isOrder = found?.kind === "incomingOrder" || found?.kind === "outgoingOrder"
  return isOrder && found.organization === organization ? found : undefined
}

/** What the movements of an order have for a reference. */
export const movementReference = (order: Order["id"]): string => `order:${order}`

/** Raises what is to be told of an order, with its id. */
export const raiseNotices = (
  decision: Decision,
  { id }: Order,
  notices: CommandOf<"PlaceOrder" | "CompleteOrder" | "CancelOrder">["notices"]
): void => {
  for (const { kind, to = null, data = {} } of notices ?? []) {
    const event = { _tag: "Noticed", kind, to, reference: String(id), data: { ...data, order_id: id } } as const
    decision.events.push({ id: decision.nextId++, event })
  }
}
