import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { type Rejection, UnknownOrganization } from "../stock/Rejection.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import type { StockState } from "./State.ts"

/** Notify: an event and nothing else. */
export const decideNotify = (state: StockState, command: CommandOf<"Notify">): Result.Result<Decision, Rejection> => {
  const { organization, kind, to = null, reference = null, data = {} } = command
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const decision = emptyDecision(state)
  decision.events.push({ id: decision.nextId++, event: { _tag: "Noticed", kind, to, reference, data } })
  return Result.succeed(decision)
}
