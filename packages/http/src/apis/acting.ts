import type { Actor } from "@stockbook/core"
import { Effect } from "effect"
import { CurrentActor } from "../identity/Authorization.ts"

/**
 * A handler that acts for the user who asks. What the engine, the catalogue or the store refuses is put in the API's
 * words by `refuse`.
 */
export const acting =
  <E, P>(refuse: (error: E) => Effect.Effect<never, P>) =>
  <Request, A>(handle: (actor: Actor, request: Request) => Effect.Effect<A, E>) =>
  (request: Request): Effect.Effect<A, P, CurrentActor> =>
    Effect.flatMapEager(CurrentActor, (actor) => Effect.catch(handle(actor, request), refuse))
