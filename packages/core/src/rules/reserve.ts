import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { HoldId, type HoldLine, holdStatus, isDue, lineStatus } from "../stock/Hold.ts"
import { ReferenceConflict, type Rejection } from "../stock/Rejection.ts"
import { place, waitingOf } from "./backorder/place.ts"
import { book, insufficient, startBooking } from "./book.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { fingerprint } from "./fingerprint.ts"
import { checkPlaces } from "./guard.ts"
import { heldLine } from "./heldLine.ts"
import { checkNamed } from "./pick.ts"
import { type StockState, scopedName } from "./State.ts"
import { pickLines } from "./serials.ts"

/**
 * Reserve: each line is picked from available stock and held. A reference is the hold's natural key while the hold
 * is open or fulfilled: the same request again is that hold, another is a conflict. A hold that was wholly released
 * or expired has given its reference back. With `backorder`, what is not there waits for stock, and keeps the reference
 * as well for as long as it does.
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
      if (known.fingerprint !== print) return Result.fail(new ReferenceConflict({ reference, hold: known.id }))
    }
    const waiting = waitingOf(state, command, reference, print)
    if ("_tag" in waiting) return Result.fail(waiting)
    const existing = [...(known === undefined ? [] : [known]), ...waiting]
    if (existing.length > 0) return Result.succeed({ ...emptyDecision(state), existing })
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
      if (command.backorder === true) {
        const refused = place(booking, command, print, index, line.quantity - found)
        if (refused !== null) return Result.fail(refused)
      } else if (command.mode === "bestEffort") {
        decision.shortfalls.push({ line: index, item: line.item, requested: line.quantity, reserved: found })
      } else return Result.fail(insufficient(line, found, line.quantity, index))
    }
    for (const picked of picks) {
      lines.push(heldLine(picked, lines.length))
      book(booking, picked.leaf.key, "available", "reserved", picked.quantity, hold)
    }
  }
  if (lines.length === 0) {
    if (decision.documents.length > 0) return Result.succeed(decision)
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
