import { Result } from "effect"
import type { CommandOf } from "../../stock/Command.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { SupplyClosed } from "../../stock/rejections/supplies.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import type { StockState } from "../State.ts"
import { findSupply, putSupply } from "./progress.ts"

/** CloseSupply and CancelSupply: what has not come is no longer expected; what came stays. Both differ in name only. */
export const decideCloseSupply = (
  state: StockState,
  command: CommandOf<"CloseSupply"> | CommandOf<"CancelSupply">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findSupply(state, command.organization, command.supply)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const supply = found.success
  const { id, reference, status } = supply
  if (status !== "open") return Result.fail(new SupplyClosed({ supply: id, reference, status }))
  const decision = emptyDecision(state)
  const closed = command._tag === "CloseSupply" ? "closed" : "cancelled"
  const overflow = putSupply(state, decision, supply, { ...supply, status: closed, dueAt: null, updatedAt: now })
  return overflow === null ? Result.succeed(decision) : Result.fail(overflow)
}
