import { Context, Effect } from "effect"

/**
 * Whether the store can be used right now: a check that fails, or takes longer than five seconds, answers `/ready` with
 * 503. Stores provide their own; without one the service is ready as soon as it has started.
 */
export const Readiness = Context.Reference<Effect.Effect<void, unknown>>("@stockbook/http/system/Readiness", {
  defaultValue: () => Effect.void
})
