import type { Actor, ChangedMeanwhile } from "@stockbook/core"
import { Effect, Predicate } from "effect"
import { preconditionFailed } from "../exchange/Instead.ts"
import { CurrentActor } from "../identity/Authorization.ts"

/**
 * A handler that acts for the user who asks. What the engine, the catalogue or the store refuses is put in the API's
 * words by `refuse`; a change that came between a client's reading and its writing is 412 in all of them.
 */
export const acting =
  <E, P>(refuse: (error: E) => Effect.Effect<never, P>) =>
  <Request, A>(handle: (actor: Actor, request: Request) => Effect.Effect<A, E | ChangedMeanwhile>) =>
  (request: Request): Effect.Effect<A, P, CurrentActor> =>
    Effect.flatMapEager(CurrentActor, (actor) =>
      Effect.catch(
        handle(actor, request),
        (error): Effect.Effect<never, P> => (isChangedMeanwhile(error) ? preconditionFailed : refuse(error))
      )
    )

const isChangedMeanwhile = <E>(error: E | ChangedMeanwhile): error is ChangedMeanwhile =>
  Predicate.isTagged(error, "ChangedMeanwhile")
