import { Result } from "effect"
import type { StockState as State } from "../stock/Account.ts"
import type { CommandOf } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import { QuantityOverflow, type Rejection, UnknownItem, UnknownOrganization } from "../stock/Rejection.ts"
import { NotASale, ReturnExceedsSold, UnknownMovement } from "../stock/rejections/adjusting.ts"
import { SerialNotThere } from "../stock/rejections/serials.ts"
import type { Selector, StockKey } from "../stock/StockKey.ts"
import { type Booking, book, landing, runningOf, startBooking } from "./book.ts"
import { contextOf, type Decision } from "./Decision.ts"
import { checkPlaces } from "./guard.ts"
import { homeOf } from "./home.ts"
import { barOf } from "./lapse.ts"
import { checkReason } from "./reason.ts"
import { putReversal, reversalOf } from "./reversal.ts"
import type { StockState } from "./State.ts"

type Returning = CommandOf<"Return">

/** A line as it will be booked. */
interface Coming {
  readonly key: StockKey
  readonly quantity: number
  readonly original: Movement | null
}

/** Return: each line comes back to its leaf; of a movement no more than went out, earlier returns counted. */
export const decideReturn = (
  state: StockState,
  command: Returning,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization } = command
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const selectors: Array<Selector> = []
  for (const line of command.lines) {
    const selector = "movement" in line ? selectorOf(state, command, line) : line
    if (selector === null) return Result.fail(new UnknownMovement({ movement: "movement" in line ? line.movement : 0 }))
    selectors.push(selector)
  }
  const location = checkPlaces(state, organization, selectors)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const unknown = checkReason(state, organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)

  const context = contextOf({ ...command, reason: command.reason ?? "return" })
  const booking = startBooking(state, command, now, context)
  for (const [index, line] of command.lines.entries()) {
    const selector = selectors[index]
    if (selector === undefined) continue
    const item = state.items.get(selector.item)
    if (item === undefined) return Result.fail(new UnknownItem({ item: selector.item }))
    const key = landing(item, selector, homeOf(state, item, location.success))
    const original = "movement" in line ? (state.movements.get(line.movement) ?? null) : null
    const rejected =
      original === null
        ? bring(booking, { key, quantity: line.quantity ?? 0, original }, command.disposition)
        : bringBack(booking, key, original, line, command.disposition, index)
    if (rejected !== null) return Result.fail(rejected)
  }
  return Result.succeed(booking.decision)
}

type MovementLine = Extract<Returning["lines"][number], { readonly movement: number }>

/** Where units of the movement a line names come back to; `null` when the organization has no such movement. */
const selectorOf = (state: StockState, { organization }: Returning, line: MovementLine): Selector | null => {
  const original = state.movements.get(line.movement)
  if (original?.organization !== organization) return null
  const { from, item } = original
  const { location, variation, batch } = typeof from === "string" ? none : from
  const place = line.location ?? location
  return {
    item,
    ...(place === null ? {} : { location: place }),
    ...(variation === null ? {} : { variation }),
    ...(batch === null ? {} : { batch })
  }
}

const none = { location: null, variation: null, batch: null }

const bringBack = (
  booking: Booking,
  key: StockKey,
  original: Movement,
  { quantity: wanted, serials = [] }: Returning["lines"][number],
  disposition: Returning["disposition"],
  line: number
): Rejection | null => {
  const { state, decision, now } = booking
  const { id: movement, quantity: sold } = original
  // Units that are with the customer because their return was taken back come back of what they first went out by.
  if (original.to !== "customer" || original.details?.corrects !== undefined) return new NotASale({ movement, line })
  const stray = serials.find((serial) => original.details?.serials?.includes(serial) === false)
  if (stray !== undefined) return new SerialNotThere({ item: original.item, serial: stray })
  const before = reversalOf(state, decision, original)
  // What was taken back by a correction never went out.
  const returned = before === null ? 0 : before.corrected === null ? before.returned : sold
  const requested = wanted ?? sold - returned
  if (requested === 0 || returned + requested > sold) {
    return new ReturnExceedsSold({ movement, sold, returned, requested, line })
  }
  const rejected = bring(booking, { key, quantity: requested, original }, disposition)
  if (rejected === null) putReversal(state, decision, original, { returned: returned + requested }, now)
  return rejected
}

const bring = (booking: Booking, coming: Coming, disposition: Returning["disposition"]): Rejection | null => {
  const { state } = booking
  const { key, quantity, original } = coming
  const item = state.items.get(key.item)
  if (item === undefined) return null
  if (!Number.isSafeInteger(runningOf(booking, key.item).onHand + quantity)) {
    return new QuantityOverflow({ item: key.item, limit: Number.MAX_SAFE_INTEGER })
  }
  const sold = disposition === "restock" && barOf(item, key.batch, booking.now) === null
  const to: State = sold ? "available" : "quarantined"
  const details = original === null ? null : { returns: original.id }
  book(booking, key, "customer", to, quantity, null, details)
  if (disposition === "scrap") book(booking, key, to, "loss", quantity, null)
  return null
}
