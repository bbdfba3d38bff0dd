import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { book, bringIn, insufficient, landing, startBooking } from "./book.ts"
import type { Decision } from "./Decision.ts"
import { costDetails } from "./details.ts"
import { checkPlaces, findItem } from "./guard.ts"
import { homeOf } from "./home.ts"
import { overdraw } from "./overdraw.ts"
import { checkNamed } from "./pick.ts"
import type { StockState, WorkingItem } from "./State.ts"
import { pickLines } from "./serials.ts"

/** Receive: each line lands available at its leaf. */
export const decideReceive = (
  state: StockState,
  command: CommandOf<"Receive">,
  now: number
): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, command.lines)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const incoming = new Map<WorkingItem, number>()
  for (const line of command.lines) {
    const item = findItem(state, command.organization, line.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const key = landing(item.success, line, homeOf(state, item.success, location.success))
    const from = command.from ?? "supplier"
    const details = costDetails(line)
    const overflow = bringIn(booking, item.success, key, from, line.quantity, incoming, details)
    if (overflow !== null) return Result.fail(overflow)
  }
  return Result.succeed(decision)
}

/**
 * Issue: each line takes available stock by the pick order, all lines or none; and what is not there as far as the
 * item's policy lets available fall below zero.
 */
export const decideIssue = (
  state: StockState,
  command: CommandOf<"Issue">,
  now: number
): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, command.lines)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const unnamed = checkNamed(state, command.lines)
  if (unnamed !== null) return Result.fail(unnamed)
  const plans = pickLines(state, command.lines, location.success)
  const to = command.to ?? "customer"
  for (const [index, line] of command.lines.entries()) {
    for (const { leaf, quantity } of plans[index]?.picks ?? []) {
      book(booking, leaf.key, "available", to, quantity, null, costDetails(line))
    }
  }
  for (const [index, line] of command.lines.entries()) {
    const found = plans[index]?.found ?? 0
    if (found < line.quantity && !overdraw(booking, line, line.quantity - found, to, location.success)) {
      return Result.fail(insufficient(line, found, line.quantity, index))
    }
  }
  return Result.succeed(decision)
}
