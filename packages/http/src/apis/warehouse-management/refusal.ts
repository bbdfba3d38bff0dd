import type { InvalidInput, ItemRefusal, LocationInUse, LocationRefusal, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, type NotFound, type Unavailable } from "../../problems/Problem.ts"
import { unstored } from "../refusal.ts"

/** Why the catalogue does not take a change. */
type Refusal = ItemRefusal | LocationRefusal | LocationInUse | InvalidInput | StoreError | NotFound

/** The catalogue's refusals in D's words. */
export const refuse = (error: Refusal): Effect.Effect<never, BadRequest | NotFound | Unavailable> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "StoreError":
      return unstored(error)
    case "DuplicateSku":
      return new BadRequest({ detail: "Product with this SKU already exists" })
    case "DuplicateLocationName":
      return new BadRequest({ detail: "Warehouse with this name already exists" })
    case "LocationInUse":
      return new BadRequest({
        detail:
          error.onHand > 0
            ? `Warehouse still has ${error.onHand} units in stock`
            : "The default warehouse cannot be deleted"
      })
    default:
      return new BadRequest({ detail: error.message })
  }
}
