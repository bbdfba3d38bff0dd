import { Result } from "effect"
import type { Backorder } from "../../documents/Backorder.ts"
import type { CommandOf } from "../../stock/Command.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { BackorderClosed, InsufficientBackorder, UnknownBackorder } from "../../stock/rejections/backorders.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import type { StockState } from "../State.ts"
import { progressed, putBackorder } from "./progress.ts"

/** CancelBackorder: units wait no longer. What was filled is held, and is the hold's to release. */
export const decideCancelBackorder = (
  state: StockState,
  command: CommandOf<"CancelBackorder">,
  now: number
): Result.Result<Decision, Rejection> =>
  Result.flatMap(waitingOf(state, command), (backorder) => {
    const { id, waiting, cancelled } = backorder
    const requested = command.quantity ?? waiting
    if (requested > waiting) return Result.fail(new InsufficientBackorder({ backorder: id, waiting, requested }))
    const decision = emptyDecision(state)
    const next = { waiting: waiting - requested, cancelled: cancelled + requested }
    putBackorder(decision, backorder, progressed(backorder, next, now))
    return Result.succeed(decision)
  })

/** PrioritizeBackorder: served earlier or later from now on. */
export const decidePrioritizeBackorder = (
  state: StockState,
  command: CommandOf<"PrioritizeBackorder">,
  now: number
): Result.Result<Decision, Rejection> =>
  Result.map(waitingOf(state, command), (backorder) => {
    const decision = emptyDecision(state)
    const { priority } = command
    if (priority !== backorder.priority) putBackorder(decision, backorder, progressed(backorder, { priority }, now))
    return decision
  })

const waitingOf = (
  state: StockState,
  { organization, backorder: { id } }: CommandOf<"CancelBackorder"> | CommandOf<"PrioritizeBackorder">
): Result.Result<Backorder, Rejection> => {
  const found = state.documents.get(id)
  if (found?.kind !== "backorder" || found.organization !== organization) {
    return Result.fail(new UnknownBackorder({ backorder: id }))
  }
  return found.status === "waiting"
    ? Result.succeed(found)
    : Result.fail(new BackorderClosed({ backorder: id, status: found.status }))
}
