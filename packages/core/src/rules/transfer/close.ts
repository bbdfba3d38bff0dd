import { Result } from "effect"
import type { Transfer } from "../../documents/Transfer.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { InactiveLocation, type Rejection } from "../../stock/Rejection.ts"
import { TransferNotPending } from "../../stock/rejections/transfers.ts"
import { startBooking } from "../book.ts"
import type { Decision } from "../Decision.ts"
import type { StockState } from "../State.ts"
import {
  allOf,
  atDestination,
  atTransit,
  carry,
  checkForward,
  contextFor,
  findOpenTransfer,
  putTransfer
} from "./progress.ts"

/**
 * CompleteTransfer: two movements for each line, out of the source into transit and from there into the destination,
 * as dispatching and receiving all of it would have made.
 */
export const decideCompleteTransfer = (
  state: StockState,
  command: CommandOf<"CompleteTransfer">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findOpenTransfer(state, command.organization, command.transfer)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const transfer = found.success
  const refused = notPending(transfer) ?? checkForward(state, transfer)
  if (refused !== null) return Result.fail(refused)
  const booking = startBooking(state, command, now, contextFor(transfer, command))
  const lines = transfer.lines.map((line) => {
    const transit = atTransit(transfer, line)
    carry(booking, transfer, line, { key: transit, state: "committed" }, line.committed)
    carry(booking, transfer, transit, { key: atDestination(transfer, line), state: "available" }, line.committed)
    return { ...line, committed: 0, received: line.committed }
  })
  const after: Transfer = { ...transfer, lines, status: "completed", completedAt: now, updatedAt: now }
  putTransfer(booking.decision, transfer, after)
  return Result.succeed(booking.decision)
}

/**
 * CancelTransfer: what is committed at the source becomes available there, and what is in transit comes back to the
 * leaves it was taken from. A deleted item's transfer may be cancelled; into a closed source nothing comes back.
 */
export const decideCancelTransfer = (
  state: StockState,
  command: CommandOf<"CancelTransfer">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findOpenTransfer(state, command.organization, command.transfer)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const transfer = found.success
  const refused = (command.pendingOnly === true ? notPending(transfer) : null) ?? checkWayBack(state, transfer)
  if (refused !== null) return Result.fail(refused)
  const booking = startBooking(state, command, now, contextFor(transfer, command))
  const lines = transfer.lines.map((line) => ({ ...line }))
  for (const { line, quantity } of allOf(lines, "committed")) {
    carry(booking, transfer, line, { key: line, state: "available" }, quantity)
    line.committed = 0
    line.cancelled += quantity
  }
  for (const { line, quantity } of allOf(lines, "inTransit")) {
    carry(booking, transfer, atTransit(transfer, line), { key: line, state: "available" }, quantity)
    line.inTransit = 0
    line.cancelled += quantity
  }
  putTransfer(booking.decision, transfer, { ...transfer, lines, status: "cancelled", updatedAt: now })
  return Result.succeed(booking.decision)
}

const notPending = ({ id: transfer, reference, status }: Transfer): TransferNotPending | null =>
  status === "pending" ? null : new TransferNotPending({ transfer, reference, status })

const checkWayBack = (state: StockState, { lines }: Transfer): InactiveLocation | null => {
  const closed = lines.find((line) => line.inTransit > 0 && state.locations.get(line.location)?.active !== true)
  return closed === undefined ? null : new InactiveLocation({ location: closed.location })
}
