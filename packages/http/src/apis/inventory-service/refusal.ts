import type { CommandError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, Conflict, NotFound } from "../../problems/Problem.ts"
import type { UnknownProduct } from "../ProductReference.ts"
import { refused, type StockProblem } from "../refusal.ts"

/** Why C does not do something: the engine's refusals, what C knows beside them, or the answer itself. */
export type Refusal = CommandError | UnknownProduct | BadRequest | NotFound | Conflict

/** Refusals in C's words. */
export const refuse = (error: Refusal): Effect.Effect<never, StockProblem> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "UnknownProduct":
      return unknownProduct(error.product)
    // A deleted product is as unknown as one that never was.
    case "UnknownItem":
    case "InactiveItem":
      return unknownProduct(error.item)
    case "InsufficientStock":
      return new BadRequest({
        detail: `Insufficient inventory. Requested: ${error.requested}, Available: ${error.available}`
      })
    case "InsufficientHold":
      return insufficientHold(error.requested, error.held)
    case "UnknownHold":
      return new NotFound({ detail: `No reservation found for order ${error.reference}` })
    case "HoldClosed":
      return new BadRequest({ detail: `The reservation for order ${error.reference} is already ${error.status}` })
    case "ExpectationFailed":
      return new Conflict({ detail: "The inventory was changed meanwhile" })
    case "ReferenceConflict":
      return new Conflict({ detail: `Order ${error.reference} already has another reservation` })
    default:
      return refused(error)
  }
}

const unknownProduct = (product: string | number) => new NotFound({ detail: `Product with ID ${product} not found` })

/** More was to be released than is held. */
export const insufficientHold = (requested: number, held: number): BadRequest =>
  new BadRequest({ detail: `Insufficient reserved inventory. Requested: ${requested}, Reserved: ${held}` })
