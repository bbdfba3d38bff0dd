import { Result } from "effect"
import type { OutsideAccount, StockState as State } from "../stock/Account.ts"
import type { CommandOf } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { InsufficientQuarantine } from "../stock/rejections/adjusting.ts"
import { isUnder, type Selector, selectorLevel } from "../stock/StockKey.ts"
import { book, insufficient, startBooking } from "./book.ts"
import type { Decision } from "./Decision.ts"
import { draw, inOrder } from "./draw.ts"
import { checkPlaces, findItem } from "./guard.ts"
import { heldAt } from "./held.ts"
import { barOf } from "./lapse.ts"
import { checkReason } from "./reason.ts"
import type { StockState, WorkingLeaf } from "./State.ts"
import { barred } from "./substitute.ts"

type Drawing = CommandOf<"Quarantine"> | CommandOf<"Restore"> | CommandOf<"WriteOff">

/**
 * Quarantine, restore and write off: all lines or none, from any leaf under them, in the drawing order. Stock of a batch
 * that is expired or recalled cannot be restored.
 */
export const decideDraw = (state: StockState, command: Drawing, now: number): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, command.lines)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const unknown = checkReason(state, command.organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)
  const { from, to } = ends(command)
  const short = from === "available" ? insufficient : notQuarantined
  const booking = startBooking(state, command, now)
  const barOn = ({ key }: WorkingLeaf) => {
    const item = to === "available" ? state.items.get(key.item) : undefined
    return item === undefined ? null : barOf(item, key.batch, now)
  }
  const plans = draw(state, command.lines, from, location.success, (leaf) => barOn(leaf) !== null)
  for (const [index, line] of command.lines.entries()) {
    const { found, picks } = plans[index] ?? { found: 0, picks: [] }
    if (found < line.quantity) return Result.fail(short(line, found, line.quantity, index))
    for (const { leaf, quantity } of picks) {
      const bar = barOn(leaf)
      if (bar !== null && leaf.key.batch !== null) {
        return Result.fail(barred(bar, line.item, leaf.key.batch, null, line.quantity, found - quantity))
      }
      book(booking, leaf.key, from, to, quantity, null)
    }
  }
  return Result.succeed(booking.decision)
}

const ends = (
  command: Drawing
): { readonly from: "available" | "quarantined"; readonly to: State | OutsideAccount } => {
  switch (command._tag) {
    case "Quarantine":
      return { from: "available", to: "quarantined" }
    case "Restore":
      return { from: "quarantined", to: "available" }
    case "WriteOff":
      return { from: command.from, to: "loss" }
  }
}

/** The rejection that says where a line was short of quarantined stock. */
export const notQuarantined = (selector: Selector, quarantined: number, requested: number, line: number) =>
  new InsufficientQuarantine({
    level: selectorLevel(selector),
    item: selector.item,
    variation: selector.variation ?? null,
    batch: selector.batch ?? null,
    location: selector.location ?? null,
    quarantined,
    requested,
    line
  })

/** WriteOffAll: every leaf under the selector is emptied, unless something there is held. */
export const decideWriteOffAll = (
  state: StockState,
  command: CommandOf<"WriteOffAll">,
  now: number
): Result.Result<Decision, Rejection> => {
  const location = checkPlaces(state, command.organization, [command])
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const unknown = checkReason(state, command.organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)
  const item = findItem(state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  const held = heldAt(state, item.success, command)
  if (held !== null) return Result.fail(held)
  const booking = startBooking(state, command, now)
  for (const leaf of Array.from(item.success.leaves.values()).sort(inOrder(location.success))) {
    if (!isUnder(leaf.key, command, state.locations)) continue
    for (const from of ["available", "quarantined"] as const) {
      if (leaf[from] > 0) book(booking, leaf.key, from, "loss", leaf[from], null)
    }
  }
  return Result.succeed(booking.decision)
}
