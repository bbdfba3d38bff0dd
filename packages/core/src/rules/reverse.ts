import { Result } from "effect"
import type { Account } from "../stock/Account.ts"
import type { CommandOf } from "../stock/Command.ts"
import { onHand } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import { QuantityOverflow, type Rejection } from "../stock/Rejection.ts"
import { AlreadyReversed, NotReversible, UnknownMovement } from "../stock/rejections/adjusting.ts"
import { book, insufficient, startBooking } from "./book.ts"
import { contextOf, type Decision } from "./Decision.ts"
import { checkPlaces } from "./guard.ts"
import { barOf } from "./lapse.ts"
import { notQuarantined } from "./quarantine.ts"
import { checkReason } from "./reason.ts"
import { putReversal, reversalOf } from "./reversal.ts"
import { leafName, type StockState } from "./State.ts"
import { barred } from "./substitute.ts"

/** Reverse: as many units go back the way they came, if they are still there. */
export const decideReverse = (
  state: StockState,
  command: CommandOf<"Reverse">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization, movement } = command
  const original = state.movements.get(movement)
  if (original?.organization !== organization) return Result.fail(new UnknownMovement({ movement }))
  const { item, from, to, quantity } = original
  const ends = [from, to].filter((end) => typeof end !== "string")
  const places = ends.map(({ location }) => ({ item, location }))
  const location = checkPlaces(state, organization, places)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const unknown = checkReason(state, organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)

  const context = contextOf({ ...command, reason: command.reason ?? "correction" })
  const booking = startBooking(state, command, now, context)
  const { decision } = booking
  const before = reversalOf(state, decision, original)
  if (before !== null && before.corrected !== null) {
    return Result.fail(new AlreadyReversed({ movement, by: before.corrected }))
  }
  const because = (before?.returned ?? 0) > 0 ? "returned" : standsAgainst(original)
  if (because !== null) return Result.fail(new NotReversible({ movement, because }))
  const missing = stillThere(state, original)
  if (missing !== null) return Result.fail(missing)

  const [place] = ends
  if (place === undefined) return Result.fail(new UnknownMovement({ movement }))
  const { variation, batch, location: at } = place
  const key = { item, variation, batch, location: at }
  const found = state.items.get(item)
  const bar = stateOf(from) !== "available" || found === undefined ? null : barOf(found, batch, now)
  if (bar !== null && batch !== null) return Result.fail(barred(bar, item, batch, null, quantity, 0))
  const corrected = decision.nextId
  book(booking, key, stateOf(to), stateOf(from), quantity, null, { corrects: movement })
  putReversal(state, decision, original, { corrected }, now)
  takeBackReturn(state, decision, original, now)
  return Result.succeed(decision)
}

/** Why a movement is not undone by itself. */
const standsAgainst = ({ hold, details, cause, from, to }: Movement): NotReversible["because"] | null => {
  if (hold !== null) return "hold"
  if (details?.corrects !== undefined) return "correction"
  // It goes out at one cost and comes in at another in one step: half of it is no step back.
  if (cause === "SetCosting") return "revaluation"
  const moved = typeof from !== "string" && typeof to !== "string" && from.location !== to.location
  // A posted count is over; all other documents are what their movements say.
  return moved || (details?.document !== undefined && cause !== "PostCount") ? "document" : null
}

/** What keeps the units from going back: too few of them are where the movement left them. */
const stillThere = (state: StockState, { item: id, to, quantity }: Movement): Rejection | null => {
  const item = state.items.get(id)
  if (item === undefined) return null
  if (typeof to === "string") {
    return Number.isSafeInteger(onHand(item.totals) + quantity)
      ? null
      : new QuantityOverflow({ item: id, limit: Number.MAX_SAFE_INTEGER })
  }
  const { location, variation, batch } = to
  const there = Math.max(0, item.leaves.get(leafName(location, variation, batch))?.[to.state] ?? 0)
  if (there >= quantity) return null
  const selector = {
    item: id,
    location,
    ...(variation === null ? {} : { variation }),
    ...(batch === null ? {} : { batch })
  }
  return to.state === "quarantined"
    ? notQuarantined(selector, there, quantity, 0)
    : insufficient(selector, there, quantity, 0)
}

/** Units of which the return is taken back are with the customer again, and may come back again. */
const takeBackReturn = (state: StockState, decision: Decision, original: Movement, now: number): void => {
  const returns = original.details?.returns
  const of = returns === undefined ? null : reversalOf(state, decision, { ...original, id: returns })
  if (of === null) return
  const sale = { ...original, id: of.movement, quantity: of.quantity }
  putReversal(state, decision, sale, { returned: of.returned - original.quantity }, now)
}

const stateOf = (end: Account) => (typeof end === "string" ? end : end.state)
