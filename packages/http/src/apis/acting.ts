import type { Actor, ChangedMeanwhile, IdempotencyConflict } from "@stockbook/core"
import { Effect, Predicate } from "effect"
import { keyConflict, preconditionFailed } from "../exchange/Instead.ts"
import { CurrentActor } from "../identity/Authorization.ts"

/** What every write may be refused for, whichever API it came through. */
type Everywhere = ChangedMeanwhile | IdempotencyConflict

/**
 * A handler that acts for the user who asks. What the engine, the catalogue or the store refuses is put in the API's
 * words by `refuse`; a change that came between a client's reading and its writing is 412 in all of them, and a key that
 * was used with something else 409.
 */
export const acting =
  <E, P>(refuse: (error: E) => Effect.Effect<never, P>) =>
  <Request, A>(handle: (actor: Actor, request: Request) => Effect.Effect<A, E | Everywhere>) =>
  (request: Request): Effect.Effect<A, P, CurrentActor> =>
    Effect.flatMapEager(CurrentActor, (actor) =>
      Effect.catch(handle(actor, request), (error): Effect.Effect<never, P> => {
        if (!isEverywhere(error)) return refuse(error)
        return error._tag === "ChangedMeanwhile" ? preconditionFailed : keyConflict
      })
    )

const isEverywhere = <E>(error: E | Everywhere): error is Everywhere =>
  Predicate.isTagged(error, "ChangedMeanwhile") || Predicate.isTagged(error, "IdempotencyConflict")
