import { Result } from "effect"
import type { StockState as State } from "../stock/Account.ts"
import type { CommandOf, HoldTarget, Line } from "../stock/Command.ts"
import { type Hold, type HoldLine, holdStatus, isDue } from "../stock/Hold.ts"
import { HoldClosed, InsufficientHold, type Rejection, UnknownHold } from "../stock/Rejection.ts"
import { isUnder, type StockKey } from "../stock/StockKey.ts"
import { assign } from "./assign.ts"
import { type Booking, book, startBooking } from "./book.ts"
import { contextOf, type Decision } from "./Decision.ts"
import { barOf } from "./lapse.ts"
import { type StockState, scopedName, type WorkingLeaf } from "./State.ts"
import { atSerials, type Numbered } from "./serials.ts"
import { substitutes } from "./substitute.ts"

type Settling = CommandOf<"Release"> | CommandOf<"Commit"> | CommandOf<"Fulfil">

/**
 * Release, commit and fulfil: a part of a hold, or all that is left of it, moves on. Release gives softly held units
 * back before firm ones; fulfil ships firm ones before soft ones; commit takes soft ones only. What fulfil would ship
 * of a batch that is expired or quarantined by now goes to quarantine, and other stock is shipped in its place.
 */
export const decideSettle = (state: StockState, command: Settling, now: number): Result.Result<Decision, Rejection> => {
  const found = findHold(state, command.organization, command.hold)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const hold = found.success
  const closed = closedAs(hold, command._tag, now)
  if (closed !== null) {
    return Result.fail(new HoldClosed({ hold: hold.id, reference: hold.reference, status: closed }))
  }
  const soft = !isDue(hold, now)
  const lines = hold.lines.map((line) => ({ ...line }))
  const parts =
    command.lines === undefined
      ? wholes(lines, command._tag, soft)
      : split(state, hold, lines, atSerials(state, command.lines), command._tag, soft)
  if (Result.isFailure(parts)) return Result.fail(parts.failure)

  const reference = command.hold !== undefined && "reference" in command.hold ? command.hold.reference : hold.reference
  const booking = startBooking(state, command, now, contextOf({ ...command, reference }))
  const { decision } = booking
  const taken = new Map<WorkingLeaf, number>()
  for (const part of parts.success) {
    if (command._tag === "Fulfil" && isBarred(state, part.line, now)) {
      const refused = ship(booking, hold, lines, part, taken)
      if (refused !== null) return Result.fail(refused)
    } else move(booking, hold, part.line, part.from, part.quantity, command._tag)
  }
  decision.holds.push({ ...hold, lines })
  return Result.succeed(decision)
}

/** The hold an id or a reference names in the organization. */
export const findHold = (
  state: StockState,
  organization: Hold["organization"],
  target: HoldTarget
): Result.Result<Hold, Rejection> => {
  const id = "id" in target ? target.id : state.references.get(scopedName(organization, target.reference))
  const hold = id === undefined ? undefined : state.holds.get(id)
  return hold === undefined || hold.organization !== organization
    ? Result.fail(
        new UnknownHold({
          hold: "id" in target ? target.id : null,
          reference: "reference" in target ? target.reference : null
        })
      )
    : Result.succeed(hold)
}

/** A line being settled; a draft that becomes the hold's next version. */
export type Draft = { -readonly [K in keyof HoldLine]: HoldLine[K] }

/** So many units of a line, in one of its states. */
export interface Part {
  readonly line: Draft
  readonly from: "reserved" | "committed"
  readonly quantity: number
}

const order = {
  Release: ["reserved", "committed"],
  Commit: ["reserved"],
  Fulfil: ["committed", "reserved"]
} as const

/** Why a hold is not settled any more; `null` while it is. */
export const closedAs = (hold: Hold, tag: Settling["_tag"], now: number): HoldClosed["status"] | null => {
  const status = holdStatus(hold)
  if (status !== "open") return status
  const firm = hold.lines.some((line) => line.committed > 0)
  if (isDue(hold, now)) return firm && tag !== "Commit" ? null : firm ? "committed" : "expired"
  return tag === "Commit" && !hold.lines.some((line) => line.reserved > 0) ? "committed" : null
}

/** All that is left of the lines. */
export const wholes = (lines: ReadonlyArray<Draft>, tag: Settling["_tag"], soft: boolean) => {
  const parts: Array<Part> = []
  for (const line of lines) {
    for (const from of order[tag]) {
      if (line[from] > 0 && (from === "committed" || soft)) parts.push({ line, from, quantity: line[from] })
    }
  }
  return Result.succeed<ReadonlyArray<Part>>(parts)
}

/** What of the lines is named. */
export const split = (
  state: StockState,
  hold: Hold,
  lines: ReadonlyArray<Draft>,
  wanted: ReadonlyArray<Numbered<Line>>,
  tag: Settling["_tag"],
  soft: boolean
): Result.Result<ReadonlyArray<Part>, Rejection> => {
  const cells = order[tag].flatMap((from) =>
    from === "reserved" && !soft ? [] : lines.filter((line) => line[from] > 0).map((line) => ({ line, from }))
  )
  const shares = assign(
    wanted.map(({ line }) => line.quantity),
    cells.map(({ line, from }) => line[from]),
    (demand, cell) => {
      const want = wanted[demand]?.line
      const line = cells[cell]?.line
      return want !== undefined && line !== undefined && line.item === want.item && isUnder(line, want, state.locations)
    }
  )
  const parts: Array<Part> = []
  for (const [
    index,
    {
      line: { item, quantity: requested },
      index: number
    }
  ] of wanted.entries()) {
    let held = 0
    for (const [at, { line, from }] of cells.entries()) {
      const quantity = shares[index]?.[at] ?? 0
      if (quantity > 0) parts.push({ line, from, quantity })
      held += quantity
    }
    if (held < requested)
      return Result.fail(new InsufficientHold({ hold: hold.id, item, held, requested, line: number }))
  }
  return Result.succeed(parts)
}

const move = (
  booking: Booking,
  hold: Hold,
  line: Draft,
  from: "reserved" | "committed",
  quantity: number,
  tag: Settling["_tag"]
): void => {
  line[from] -= quantity
  if (tag === "Commit") line.committed += quantity
  else if (tag === "Fulfil") line.fulfilled += quantity
  else line.released += quantity
  const to: State | "customer" = tag === "Commit" ? "committed" : tag === "Fulfil" ? "customer" : "available"
  book(booking, line, from, to, quantity, hold.id)
}

const isBarred = (state: StockState, { item, batch }: HoldLine, now: number): boolean => {
  const found = batch === null ? undefined : state.items.get(item)
  return found !== undefined && barOf(found, batch, now) !== null
}

/** Ships other stock in the place of a part that may not be sold any more; the hold has it on lines of its own. */
const ship = (
  booking: Booking,
  hold: Hold,
  lines: Array<Draft>,
  { line, from, quantity }: Part,
  taken: Map<WorkingLeaf, number>
): Rejection | null => {
  const picks = substitutes(booking.state, hold, line, quantity, taken, booking.now)
  if (Result.isFailure(picks)) return picks.failure
  line[from] -= quantity
  line.released += quantity
  book(booking, line, from, "quarantined", quantity, hold.id)
  for (const { leaf, quantity: units } of picks.success) {
    lines.push(shippedLine(leaf.key, lines.length, units))
    book(booking, leaf.key, "available", "customer", units, hold.id)
  }
  return null
}

const shippedLine = (key: StockKey, line: number, quantity: number): Draft => ({
  ...key,
  line,
  held: quantity,
  reserved: 0,
  committed: 0,
  fulfilled: quantity,
  released: 0,
  expired: 0
})
