import { addCosts } from "./cost.ts"
import type { Decision } from "./Decision.ts"
import type { StockState } from "./State.ts"

/** What every command's decision gets after its own rule, whatever the command: what its movements cost. */
export const complete = (state: StockState, decision: Decision): void => {
  addCosts(state, decision)
}
