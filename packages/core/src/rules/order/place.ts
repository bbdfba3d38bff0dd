import { Result } from "effect"
import { fromMillionths, toMillionths } from "../../costs/Amount.ts"
import { DocumentId } from "../../documents/Document.ts"
import type { Order, OrderPlace } from "../../documents/Order.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { ReferenceConflict, type Rejection } from "../../stock/Rejection.ts"
import { OrderTooLarge } from "../../stock/rejections/orders.ts"
import { type Booking, book, bringIn, insufficient, landing, startBooking } from "../book.ts"
import { contextOf, type Decision, emptyDecision } from "../Decision.ts"
import { fingerprint } from "../fingerprint.ts"
import { checkPlaces, findItem } from "../guard.ts"
import type { StockState } from "../State.ts"
import { pickLines } from "../serials.ts"
import { findOrder, movementReference, raiseNotices } from "./parts.ts"

/** Digits before the point of what an order comes to: as many as an amount of money has. */
const mostDigits = 13

/**
 * PlaceOrder: an incoming one lands in its batch, an outgoing one is taken from its batch by the pick order. The same
 * reference and request again is the order as it now is; another request is a conflict.
 */
export const decidePlaceOrder = (
  state: StockState,
  command: CommandOf<"PlaceOrder">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization, side, partner, item, batch, quantity, unitAmount } = command
  const reference = command.reference ?? null
  const print = reference === null ? "" : fingerprint(command)
  const known = reference === null ? undefined : findOrder(state, organization, { side, reference })
  if (reference !== null && known !== undefined) {
    return known.fingerprint === print
      ? Result.succeed({ ...emptyDecision(state), existing: [known] })
      : Result.fail(new ReferenceConflict({ reference, hold: null, document: known.id }))
  }
  const location = checkPlaces(state, organization, [command])
  if (Result.isFailure(location)) return Result.fail(location.failure)

  const total = fromMillionths(toMillionths(unitAmount) * BigInt(quantity))
  if (total.indexOf(".") > mostDigits) return Result.fail(new OrderTooLarge({ quantity, unitAmount, total }))

  const decision = emptyDecision(state)
  const id = DocumentId.make(decision.nextId++, { disableChecks: true })
  const reason = command.reason ?? (side === "incoming" ? "purchase" : "sale")
  const context = contextOf({ ...command, reason, reference: movementReference(id) })
  const booking = { ...startBooking(state, command, now, context), decision }
  const moved = (side === "incoming" ? bring : take)(booking, command, id, location.success)
  if (Result.isFailure(moved)) return Result.fail(moved.failure)
  const fields = {
    id,
    organization,
    reference,
    fingerprint: print,
    status: "pending",
    items: [item],
    attached: false,
    dueAt: null,
    createdAt: now,
    updatedAt: now,
    actor: command.actor ?? null,
    note: command.note ?? null,
    partner,
    item,
    batch,
    quantity,
    unitAmount,
    total,
    date: command.date ?? now,
    label: command.label ?? null,
    places: moved.success
  } as const
  const order: Order =
    side === "incoming" ? { kind: "incomingOrder", side, ...fields } : { kind: "outgoingOrder", side, ...fields }
  decision.documents.push(order)
  raiseNotices(decision, order, command.notices)
  return Result.succeed(decision)
}

type Moved = Result.Result<ReadonlyArray<OrderPlace>, Rejection>
type Placing = CommandOf<"PlaceOrder">

const bring = (booking: Booking, command: Placing, id: DocumentId, location: OrderPlace["location"]): Moved => {
  const item = findItem(booking.state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  const key = landing(item.success, command, location)
  const details = { document: id, unitCost: command.unitAmount }
  const refused = bringIn(booking, item.success, key, "supplier", command.quantity, new Map(), details)
  if (refused !== null) return Result.fail(refused)
  return Result.succeed([{ variation: key.variation, location: key.location, quantity: command.quantity }])
}

const take = (booking: Booking, command: Placing, id: DocumentId, location: OrderPlace["location"]): Moved => {
  const [plan] = pickLines(booking.state, [command], location)
  const { found, picks } = plan ?? { found: 0, picks: [] }
  if (found < command.quantity) return Result.fail(insufficient(command, found, command.quantity, 0))
  for (const { leaf, quantity } of picks) {
    book(booking, leaf.key, "available", "customer", quantity, null, { document: id })
  }
  return Result.succeed(
    picks.map(({ leaf, quantity }) => ({ variation: leaf.key.variation, location: leaf.key.location, quantity }))
  )
}
