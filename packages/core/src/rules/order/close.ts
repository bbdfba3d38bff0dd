import { Result } from "effect"
import type { Order, OrderPlace } from "../../documents/Order.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { type Rejection, UnknownOrganization } from "../../stock/Rejection.ts"
import { OrderClosed, UnknownOrder } from "../../stock/rejections/orders.ts"
import type { StockKey } from "../../stock/StockKey.ts"
import { type Booking, book, bringIn, insufficient, startBooking } from "../book.ts"
import { contextOf, type Decision, emptyDecision } from "../Decision.ts"
import { checkPlaces, findItem } from "../guard.ts"
import { leafName, type StockState } from "../State.ts"
import { findOrder, movementReference, raiseNotices } from "./parts.ts"

type Closing = CommandOf<"CompleteOrder"> | CommandOf<"CancelOrder">

/** CompleteOrder: another status, and nothing else. */
export const decideCompleteOrder = (
  state: StockState,
  command: CommandOf<"CompleteOrder">,
  now: number
): Result.Result<Decision, Rejection> =>
  Result.map(findPending(state, command), (order) => {
    const decision = emptyDecision(state)
    close(decision, order, command, now)
    return decision
  })

/**
 * CancelOrder: the units go back the way they came, each to its own place. What came in must still be there, available
 * or in quarantine; what went out comes back only to an item, a batch and locations that are active.
 */
export const decideCancelOrder = (
  state: StockState,
  command: CommandOf<"CancelOrder">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findPending(state, command)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const order = found.success
  const reason = command.reason ?? "correction"
  const context = contextOf({ ...command, reason, reference: movementReference(order.id) })
  const booking = startBooking(state, command, now, context)
  const refused = order.side === "incoming" ? sendBack(booking, order) : bringBack(booking, order)
  if (refused !== null) return Result.fail(refused)
  close(booking.decision, order, command, now)
  return Result.succeed(booking.decision)
}

const findPending = (state: StockState, { organization, order: target }: Closing): Result.Result<Order, Rejection> => {
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const order = findOrder(state, organization, target)
  if (order === undefined) {
    const named = "id" in target ? { order: target.id, reference: null } : { order: null, reference: target.reference }
    return Result.fail(new UnknownOrder(named))
  }
  return order.status === "pending"
    ? Result.succeed(order)
    : Result.fail(new OrderClosed({ order: order.id, status: order.status }))
}

const close = (decision: Decision, order: Order, command: Closing, now: number): void => {
  const status = command._tag === "CompleteOrder" ? "completed" : "cancelled"
  decision.documents.push({ ...order, status, updatedAt: now })
  raiseNotices(decision, order, command.notices)
}

const keyOf = ({ item, batch }: Order, { variation, location }: OrderPlace): StockKey => ({
  item,
  variation,
  batch,
  location
})

/** Out again: what is available at the place first, then what went into quarantine there. */
const sendBack = (booking: Booking, order: Order): Rejection | null => {
  const { id: document, item, batch } = order
  for (const place of order.places) {
    const { variation, location, quantity } = place
    const leaf = booking.state.items.get(item)?.leaves.get(leafName(location, variation, batch))
    const available = Math.max(0, leaf?.available ?? 0)
    const fromSale = Math.min(available, quantity)
    const rest = quantity - fromSale
    if (rest > (leaf?.quarantined ?? 0)) {
      const selector = { item, batch, location, ...(variation === null ? {} : { variation }) }
      return insufficient(selector, available, quantity, 0)
    }
    const key = keyOf(order, place)
    if (fromSale > 0) book(booking, key, "available", "supplier", fromSale, null, { document })
    if (rest > 0) book(booking, key, "quarantined", "supplier", rest, null, { document })
  }
  return null
}

const bringBack = (booking: Booking, order: Order): Rejection | null => {
  const { state } = booking
  const { id: document, organization, item: id, batch } = order
  const places = order.places.map(({ variation, location }) => ({
    item: id,
    batch,
    location,
    ...(variation === null ? {} : { variation })
  }))
  const location = checkPlaces(state, organization, places)
  if (Result.isFailure(location)) return location.failure
  const item = findItem(state, organization, id)
  if (Result.isFailure(item)) return item.failure
  const incoming = new Map()
  for (const place of order.places) {
    const key = keyOf(order, place)
    const refused = bringIn(booking, item.success, key, "customer", place.quantity, incoming, { document })
    if (refused !== null) return refused
  }
  return null
}
