import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { HoldId, type HoldLine, holdStatus, isDue, lineStatus } from "../stock/Hold.ts"
import { ReferenceConflict, type Rejection } from "../stock/Rejection.ts"
import { book, insufficient, startBooking } from "./book.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { fingerprint } from "./fingerprint.ts"
import { checkPlaces } from "./guard.ts"
import { checkNamed, type Pick } from "./pick.ts"
import { type StockState, scopedName } from "./State.ts"
import { pickLines } from "./serials.ts"

/**
 * Reserve: each line is picked from available stock and held. A reference is the hold's natural key while the hold
 * is open or fulfilled: the same request again is that hold, another is a conflict. A hold that was wholly released
 * or expired has given its reference back.
 */
export const decideReserve = (
  state: StockState,
  command: CommandOf<"Reserve">,
  now: number
): Result.Result<Decision, Rejection> => {
  const reference = command.reference ?? null
  const print = reference === null ? "" : fingerprint(command)
  if (reference !== null) {
    const known = namedHold(state, command.organization, reference, now)
    if (known !== undefined) {
      return known.fingerprint === print
        ? Result.succeed({ ...emptyDecision(state), existing: [known] })
        : Result.fail(new ReferenceConflict({ reference, hold: known.id }))
    }
  }
  const location = checkPlaces(state, command.organization, command.lines)
  if (Result.isFailure(location)) return Result.fail(location.failure)

  const unnamed = checkNamed(state, command.lines)
  if (unnamed !== null) return Result.fail(unnamed)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const hold = HoldId.make(decision.nextId++, { disableChecks: true })
  const plans = pickLines(state, command.lines, location.success)
  const lines: Array<HoldLine> = []
  for (const [index, line] of command.lines.entries()) {
    const { found, picks } = plans[index] ?? { found: 0, picks: [] }
    if (found < line.quantity) {
      if (command.mode !== "bestEffort") return Result.fail(insufficient(line, found, line.quantity, index))
      decision.shortfalls.push({ line: index, item: line.item, requested: line.quantity, reserved: found })
    }
    for (const picked of picks) {
      lines.push(heldLine(picked, lines.length))
      book(booking, picked.leaf.key, "available", "reserved", picked.quantity, hold)
    }
  }
  if (lines.length === 0) {
    const first = command.lines[0]
    return Result.fail(insufficient(first, 0, first.quantity, 0))
  }
  decision.holds.push({
    id: hold,
    organization: command.organization,
    reference,
    fingerprint: print,
    expiresAt: command.expiresIn === undefined ? null : now + command.expiresIn,
    createdAt: now,
    lines
  })
  return Result.succeed(decision)
}

const heldLine = ({ leaf, quantity }: Pick, line: number): HoldLine => ({
  ...leaf.key,
  line,
  held: quantity,
  reserved: quantity,
  committed: 0,
  fulfilled: 0,
  released: 0,
  expired: 0
})

/** The hold a reference names now, if any. */
const namedHold = (
  state: StockState,
  organization: CommandOf<"Reserve">["organization"],
  name: string,
  now: number
) => {
  const id = state.references.get(scopedName(organization, name))
  const hold = id === undefined ? undefined : state.holds.get(id)
  if (hold === undefined) return undefined
  const status = holdStatus(hold)
  if (status === "fulfilled") return hold
  if (status !== "open") return undefined
  const keepsNothing = isDue(hold, now) && hold.lines.every((l) => l.committed === 0 && lineStatus(l) !== "fulfilled")
  return keepsNothing ? undefined : hold
}
