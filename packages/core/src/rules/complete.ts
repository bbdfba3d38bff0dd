import type { SingleCommand } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { addCosts } from "./cost.ts"
import type { Decision } from "./Decision.ts"
import type { StockState } from "./State.ts"
import { addSerials } from "./serials.ts"

/**
 * What every command's decision gets after its own rule, whatever the command: the units its movements move, where
 * those are known one by one, and what they cost. Answers why it cannot be so.
 */
export const complete = (state: StockState, decision: Decision, command: SingleCommand): Rejection | null => {
  const refused = addSerials(state, decision, command)
  if (refused !== null) return refused
  addCosts(state, decision)
  return null
}
