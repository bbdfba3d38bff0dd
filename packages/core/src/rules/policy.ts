import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { AlreadyOpen, type Rejection } from "../stock/Rejection.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { findItem } from "./guard.ts"
import type { StockState } from "./State.ts"

/** SetPolicy: the item's policy from now on. The same policy again changes nothing. */
export const decideSetPolicy = (
  state: StockState,
  command: CommandOf<"SetPolicy">
): Result.Result<Decision, Rejection> => {
  const item = findItem(state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  const decision = emptyDecision(state)
  const { lowStockThreshold } = command
  if (item.success.lowStockThreshold !== lowStockThreshold) {
    decision.policies.push({ item: command.item, lowStockThreshold })
    decision.events.push({
      id: decision.nextId++,
      event: { _tag: "PolicyChanged", item: command.item, lowStockThreshold }
    })
  }
  return Result.succeed(decision)
}

/** Open: the item's stock record begins, with no stock yet. */
export const decideOpen = (state: StockState, command: CommandOf<"Open">): Result.Result<Decision, Rejection> => {
  const item = findItem(state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  if (item.success.openedAt !== null) return Result.fail(new AlreadyOpen({ item: command.item }))
  const decision = emptyDecision(state)
  decision.opened.push(command.item)
  return Result.succeed(decision)
}
