import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { holdStatus, isDue } from "../stock/Hold.ts"
import { HoldClosed, NotAnExtension, type Rejection } from "../stock/Rejection.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import type { StockState } from "./State.ts"
import { findHold } from "./settle.ts"

/** Extend: what is still softly held lasts longer. Firm units have no expiry to move. */
export const decideExtend = (
  state: StockState,
  command: CommandOf<"Extend">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findHold(state, command.organization, command.hold)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const hold = found.success
  const { id, reference } = hold
  const status = holdStatus(hold)
  if (status !== "open") return Result.fail(new HoldClosed({ hold: id, reference, status }))
  if (!hold.lines.some((line) => line.reserved > 0)) {
    return Result.fail(new HoldClosed({ hold: id, reference, status: "committed" }))
  }
  if (isDue(hold, now)) return Result.fail(new HoldClosed({ hold: id, reference, status: "expired" }))
  const expiresAt = command.expiresIn === null ? null : now + command.expiresIn
  if (hold.expiresAt === null || (expiresAt !== null && expiresAt <= hold.expiresAt)) {
    return Result.fail(new NotAnExtension({ hold: id, expiresAt: hold.expiresAt, requested: expiresAt }))
  }
  const decision = emptyDecision(state)
  decision.holds.push({ ...hold, expiresAt })
  return Result.succeed(decision)
}
