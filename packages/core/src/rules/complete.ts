import type { SingleCommand } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { fillBackorders } from "./backorder/fill.ts"
import { addCosts } from "./cost.ts"
import type { Decision } from "./Decision.ts"
import { isPlain } from "./details.ts"
import type { StockState } from "./State.ts"
import { addSerials, namesSerials } from "./serials.ts"

/**
 * What every command's decision gets after its own rule, whatever the command: the units its movements move, where
 * those are known one by one, what they cost, and the backorders filled by what comes in. Answers why it cannot be so.
 */
export const complete = (
  state: StockState,
  decision: Decision,
  command: SingleCommand,
  now: number
): Rejection | null => {
  if (isPlain(state, decision) && !namesSerials(command)) return null
  const refused = addSerials(state, decision, command)
  if (refused !== null) return refused
  addCosts(state, decision)
  fillBackorders(state, decision, now)
  return null
}
