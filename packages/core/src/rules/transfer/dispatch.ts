import { Result } from "effect"
import type { CommandOf } from "../../stock/Command.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { InsufficientToDispatch } from "../../stock/rejections/transfers.ts"
import { startBooking } from "../book.ts"
import type { Decision } from "../Decision.ts"
import type { StockState } from "../State.ts"
import { atSerials } from "../serials.ts"
import {
  allOf,
  atTransit,
  carry,
  checkForward,
  contextFor,
  findOpenTransfer,
  putTransfer,
  shareOut
} from "./progress.ts"

/** DispatchTransfer: from committed at the source to committed in transit, each line keeping its variation and batch. */
export const decideDispatchTransfer = (
  state: StockState,
  command: CommandOf<"DispatchTransfer">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findOpenTransfer(state, command.organization, command.transfer)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const transfer = found.success
  const refused = checkForward(state, transfer)
  if (refused !== null) return Result.fail(refused)
  const lines = transfer.lines.map((line) => ({ ...line }))
  const wanted = atSerials(state, command.lines ?? [])
  const plans = shareOut(
    lines,
    "committed",
    wanted.map(({ line }) => line)
  )
  for (const [at, { line: want, index: line }] of wanted.entries()) {
    const { item, quantity: requested } = want
    const pending = plans[at]?.found ?? 0
    if (pending < requested) {
      return Result.fail(new InsufficientToDispatch({ transfer: transfer.id, item, line, pending, requested }))
    }
  }
  const shares = command.lines === undefined ? allOf(lines, "committed") : plans.flatMap((plan) => plan.shares)
  const booking = startBooking(state, command, now, contextFor(transfer, command))
  for (const { line, quantity } of shares) {
    carry(booking, transfer, line, { key: atTransit(transfer, line), state: "committed" }, quantity)
    line.committed -= quantity
    line.inTransit += quantity
  }
  putTransfer(booking.decision, transfer, { ...transfer, lines, status: "inTransit", updatedAt: now })
  return Result.succeed(booking.decision)
}
