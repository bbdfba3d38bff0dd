import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { type HoldLine, isDue } from "../stock/Hold.ts"
import { HoldClosed, type Rejection } from "../stock/Rejection.ts"
import type { Selector, StockKey } from "../stock/StockKey.ts"
import { type Booking, book, insufficient, startBooking } from "./book.ts"
import { contextOf, type Decision } from "./Decision.ts"
import { checkPlaces } from "./guard.ts"
import { barOf } from "./lapse.ts"
import { isInReach, type Pick } from "./pick.ts"
import { inPickOrder } from "./pickOrder.ts"
import type { StockState, WorkingLeaf } from "./State.ts"
import { closedAs, type Draft, findHold, type Part, split, wholes } from "./settle.ts"

type Reallocate = CommandOf<"Reallocate">
type Destination = NonNullable<NonNullable<Reallocate["lines"]>[number]["to"]>

/** Reallocate: what was kept goes back to available, and as much elsewhere is kept in its place. */
export const decideReallocate = (
  state: StockState,
  command: Reallocate,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization } = command
  const found = findHold(state, organization, command.hold)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const hold = found.success
  const destinations = (command.lines ?? []).map(({ item, to = {} }) => ({ item, ...to }))
  const location = checkPlaces(state, organization, destinations)
  if (Result.isFailure(location)) return Result.fail(location.failure)
  const closed = closedAs(hold, "Release", now)
  if (closed !== null) {
    return Result.fail(new HoldClosed({ hold: hold.id, reference: hold.reference, status: closed }))
  }

  const soft = !isDue(hold, now)
  const lines = hold.lines.map((line) => ({ ...line }))
  const booking = startBooking(state, command, now, contextOf({ ...command, reference: hold.reference }))
  const move = (parts: ReadonlyArray<Part>, to: Destination, index: number): Rejection | null => {
    for (const part of parts) {
      const picks = elsewhere(booking, part, to, location.success)
      const available = picks.reduce((sum, { quantity }) => sum + quantity, 0)
      if (available < part.quantity) {
        return insufficient({ item: part.line.item, ...to }, available, part.quantity, index)
      }
      shift(booking, hold.id, lines, part, picks)
    }
    return null
  }
  if (command.lines === undefined) {
    const refused = move(Result.getOrThrow(wholes(lines, "Release", soft)), {}, 0)
    if (refused !== null) return Result.fail(refused)
  }
  for (const [index, line] of (command.lines ?? []).entries()) {
    const { to = {}, ...want } = line
    const parts = split(state, hold, lines, [{ line: want, index }], "Release", soft)
    if (Result.isFailure(parts)) return Result.fail(parts.failure)
    const refused = move(parts.success, to, index)
    if (refused !== null) return Result.fail(refused)
  }
  booking.decision.holds.push({ ...hold, lines })
  return Result.succeed(booking.decision)
}

/** Good stock of the same item and variation, not where the units are kept, as far as it goes. */
const elsewhere = (
  { state, decision, now }: Booking,
  { line, quantity }: Part,
  to: Destination,
  defaultLocation: StockKey["location"]
): ReadonlyArray<Pick> => {
  const item = state.items.get(line.item)
  if (item === undefined) return []
  const selector: Selector = { item: line.item, ...to }
  const fits = (leaf: WorkingLeaf) =>
    leaf.key.variation === line.variation &&
    !(leaf.key.location === line.location && leaf.key.batch === line.batch) &&
    barOf(item, leaf.key.batch, now) === null &&
    isInReach(state, item, leaf, selector, "sellable")
  const picks: Array<Pick> = []
  let missing = quantity
  for (const leaf of Array.from(item.leaves.values())
    .filter(fits)
    .sort(inPickOrder(state, item, defaultLocation))) {
    const units = Math.min(missing, leaf.available - takenFrom(decision, leaf.key))
    if (units <= 0) continue
    picks.push({ leaf, quantity: units })
    missing -= units
  }
  return picks
}

/** Units that the command has kept at a leaf so far; what it gave back there is not kept again. */
const takenFrom = (decision: Decision, key: StockKey): number =>
  decision.movements.reduce(
    (sum, { item, from, quantity }) =>
      typeof from !== "string" &&
      from.state === "available" &&
      item === key.item &&
      from.location === key.location &&
      from.variation === key.variation &&
      from.batch === key.batch
        ? sum + quantity
        : sum,
    0
  )

const shift = (
  booking: Booking,
  hold: NonNullable<Parameters<typeof book>[5]>,
  lines: Array<Draft>,
  { line, from, quantity }: Part,
  picks: ReadonlyArray<Pick>
): void => {
  line[from] -= quantity
  line.released += quantity
  book(booking, line, from, "available", quantity, hold)
  for (const { leaf, quantity: units } of picks) {
    const kept: HoldLine = {
      ...leaf.key,
      line: lines.length,
      held: units,
      reserved: 0,
      committed: 0,
      fulfilled: 0,
      released: 0,
      expired: 0
    }
    lines.push({ ...kept, [from]: units })
    book(booking, leaf.key, "available", from, units, hold)
  }
}
