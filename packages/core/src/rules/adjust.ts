import { Result } from "effect"
import type { LocationId } from "../catalog/Location.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import type { CommandOf } from "../stock/Command.ts"
import { Quantity } from "../stock/Quantity.ts"
import { ExpectationFailed, type Rejection } from "../stock/Rejection.ts"
import type { Selector } from "../stock/StockKey.ts"
import { type Booking, book, bringIn, insufficient, landing, startBooking } from "./book.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { costDetails } from "./details.ts"
import { evolve } from "./evolve.ts"
import { checkPlaces, findItem } from "./guard.ts"
import { homeOf } from "./home.ts"
import { barOf } from "./lapse.ts"
import { overdraw } from "./overdraw.ts"
import { isInReach } from "./pick.ts"
import { type StockState, scratchOf, type WorkingItem } from "./State.ts"
import { pickLines } from "./serials.ts"
import { barred } from "./substitute.ts"

/** Adjust: lines in order, a later one seeing what an earlier one changed. */
export const decideAdjust = (
  state: StockState,
  command: CommandOf<"Adjust">,
  now: number
): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, command.lines)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const scratch = command.lines.length > 1 ? scratchOf(state) : state
  for (const [index, line] of command.lines.entries()) {
    const item = findItem(scratch, command.organization, line.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const first = decision.movements.length
    const rejected = change(booking, scratch, item.success, line, line.delta, location.success, index)
    if (rejected !== null) return Result.fail(rejected)
    if (index + 1 < command.lines.length) {
      const step = { ...emptyDecision(scratch), movements: decision.movements.slice(first), nextId: decision.nextId }
      evolve(scratch, step, now, null)
    }
  }
  return Result.succeed(decision)
}

/**
 * Set: the difference to what is available at the level is an adjustment; none when there is none. An expired or
 * quarantined batch cannot be made available.
 */
export const decideSet = (
  state: StockState,
  command: CommandOf<"Set">,
  now: number
): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, [command])
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const item = findItem(state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  let actual = 0
  for (const leaf of item.success.leaves.values()) {
    if (isInReach(state, item.success, leaf, command, "anywhere")) actual += leaf.available
  }
  if (command.expected !== undefined && command.expected !== actual) {
    return Result.fail(new ExpectationFailed({ item: command.item, expected: command.expected, actual }))
  }
  const batch = command.batch ?? null
  const bar = command.quantity > actual ? barOf(item.success, batch, now) : null
  if (bar !== null && batch !== null) {
    return Result.fail(barred(bar, command.item, batch, null, command.quantity, actual))
  }
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const rejected = change(booking, state, item.success, command, command.quantity - actual, location.success, 0)
  return rejected === null ? Result.succeed(decision) : Result.fail(rejected)
}

const change = (
  booking: Booking,
  state: StockState,
  item: WorkingItem,
  selector: Selector & { readonly unitCost?: UnitCost; readonly serials?: ReadonlyArray<string> },
  delta: number,
  defaultLocation: LocationId,
  line: number
): Rejection | null => {
  if (delta === 0) return null
  if (delta > 0) {
    return bringIn(
      booking,
      item,
      landing(item, selector, homeOf(state, item, defaultLocation)),
      "adjustment",
      delta,
      new Map(),
      costDetails(selector)
    )
  }
  const quantity = Quantity.make(-delta, { disableChecks: true })
  const [plan] = pickLines(state, [{ ...selector, quantity }], defaultLocation, "anywhere")
  const found = plan?.found ?? 0
  const details = costDetails(selector)
  for (const { leaf, quantity: units } of plan?.picks ?? []) {
    book(booking, leaf.key, "available", "adjustment", units, null, details)
  }
  return found === quantity || overdraw(booking, selector, quantity - found, "adjustment", defaultLocation)
    ? null
    : insufficient(selector, found, quantity, line)
}
