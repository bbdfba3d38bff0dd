import { Result } from "effect"
import type { CommandOf, SingleCommand } from "../stock/Command.ts"
import { type Hold, isDue } from "../stock/Hold.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { isUnder } from "../stock/StockKey.ts"
import { type Booking, book, startBooking } from "./book.ts"
import { contextOf, type Decision } from "./Decision.ts"
import { checkPlaces } from "./guard.ts"
import type { StockState } from "./State.ts"

/**
 * Expire: what holds whose time is over still hold softly goes back to available. Holds that are not over, are
 * settled already or are unknown are left alone, so any number of sweepers may ask at once.
 */
export const decideExpire = (
  state: StockState,
  command: CommandOf<"Expire">,
  now: number
): Result.Result<Decision, Rejection> => {
  const booking = startBooking(state, command, now)
  for (const id of new Set(command.holds)) {
    const hold = state.holds.get(id)
    if (hold === undefined || hold.organization !== command.organization || !isDue(hold, now)) continue
    expireHold(state, hold, { ...booking, context: contextOf({ ...command, reference: hold.reference }) })
  }
  return Result.succeed(booking.decision)
}

/** Books the expiry of a due hold's softly held lines, as far as their items are loaded. */
const expireHold = (state: StockState, hold: Hold, booking: Booking): void => {
  const lines = hold.lines.map((line) => {
    if (line.reserved === 0 || !state.items.has(line.item)) return line
    book(booking, line, "reserved", "available", line.reserved, hold.id)
    return { ...line, reserved: 0, expired: line.expired + line.reserved }
  })
  if (lines.some((line, index) => line !== hold.lines[index])) booking.decision.holds.push({ ...hold, lines })
}

/** The command that expires, ahead of a batch, the due holds loaded with it. */
export const expiryOf = (
  organization: SingleCommand["organization"],
  holds: CommandOf<"Expire">["holds"]
): CommandOf<"Expire"> => ({ _tag: "Expire", organization, holds })

/** What is held of something deleted, or in a closed location, may be given back all the same. */
const mayBeSettled: ReadonlySet<Rejection["_tag"]> = new Set([
  "InactiveItem",
  "InactiveVariation",
  "InactiveBatch",
  "InactiveLocation"
])

/** ReleaseAnonymous: up to `quantity` units under the selector, from the oldest anonymous holds on. */
export const decideReleaseAnonymous = (
  state: StockState,
  command: CommandOf<"ReleaseAnonymous">,
  now: number
): Result.Result<Decision, Rejection> => {
  const places = checkPlaces(state, command.organization, [command])
  if (Result.isFailure(places) && !mayBeSettled.has(places.failure._tag)) return Result.fail(places.failure)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  let left: number = command.quantity
  for (const id of state.items.get(command.item)?.anonymous ?? []) {
    if (left === 0) break
    const hold = state.holds.get(id)
    if (hold === undefined || hold.reference !== null || isDue(hold, now)) continue
    const before = left
    const lines = hold.lines.map((line) => {
      const quantity =
        line.item === command.item && isUnder(line, command, state.locations) ? Math.min(left, line.reserved) : 0
      if (quantity === 0) return line
      left -= quantity
      book(booking, line, "reserved", "available", quantity, hold.id)
      return { ...line, reserved: line.reserved - quantity, released: line.released + quantity }
    })
    if (left < before) decision.holds.push({ ...hold, lines })
  }
  return Result.succeed(decision)
}
