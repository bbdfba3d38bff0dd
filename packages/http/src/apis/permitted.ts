import type { Ability, Actor } from "@stockbook/core"
import { Effect } from "effect"
import { type CurrentActor, permit } from "../identity/Authorization.ts"
import type { Forbidden } from "../problems/Problem.ts"

/**
 * A handler for users whose role has this ability; anybody else is answered 403. What the engine, the catalogue or the
 * store refuses is put in the API's words by `refuse`.
 */
export const permitted =
  <E, P>(refuse: (error: E) => Effect.Effect<never, P>) =>
  <Request, A>(ability: Ability, handle: (actor: Actor, request: Request) => Effect.Effect<A, E>) =>
  (request: Request): Effect.Effect<A, Forbidden | P, CurrentActor> =>
    Effect.flatMapEager(permit(ability), (actor) => Effect.catch(handle(actor, request), refuse))
