import type { CommandError, InvalidInput, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, Conflict, NotFound, Unavailable } from "../problems/Problem.ts"
import { answerTrouble } from "../problems/storeTrouble.ts"

/** What an endpoint that reads or changes stock may answer when it cannot. */
export const stockProblems = [BadRequest, NotFound, Conflict, Unavailable] as const
export type StockProblem = BadRequest | NotFound | Conflict | Unavailable

/** How a refusal is answered where an API's document has no words of its own for it. */
export const refused = (error: CommandError): Effect.Effect<never, StockProblem> => {
  switch (error._tag) {
    case "StoreError":
      return unstored(error)
    case "Overloaded":
    case "EngineClosed":
      return new Unavailable({ detail: error.message })
    case "IdempotencyConflict":
      return new Conflict({ detail: "The Idempotency-Key was used with another request" })
    case "ReferenceConflict":
      return new Conflict({ detail: error.message })
    case "UnknownOrganization":
    case "UnknownItem":
    case "InactiveItem":
    case "UnknownLocation":
    case "UnknownHold":
    case "UnknownTransfer":
    case "UnknownSupply":
      return new NotFound({ detail: error.message })
    default:
      return new BadRequest({ detail: error.message })
  }
}

/** The store did not do it. */
export const unstored = (error: StoreError): Effect.Effect<never, Unavailable> =>
  answerTrouble(error, (detail) => new Unavailable({ detail }))

/** A reading failed. Which page it was to give has been checked before. */
export const unread = (error: StoreError | InvalidInput): Effect.Effect<never, Unavailable> =>
  error._tag === "InvalidInput" ? Effect.die(error) : unstored(error)

/** Likewise, where what was asked for may be missing. */
export const unreadOrMissing = (
  error: StoreError | InvalidInput | NotFound
): Effect.Effect<never, Unavailable | NotFound> => ("_tag" in error ? unread(error) : Effect.fail(error))
