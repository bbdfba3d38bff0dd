import type { DuplicateName, InvalidInput, ItemRefusal, StillInStock, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, type NotFound, type Unavailable } from "../../problems/Problem.ts"
import { unstored } from "../refusal.ts"

/** Why a product is not made, changed or deleted. */
type ProductRefusal = ItemRefusal | StillInStock | InvalidInput | StoreError | BadRequest

/** The catalogue's refusals of products, in E's words. */
export const refuseProduct = (error: ProductRefusal): Effect.Effect<never, BadRequest | Unavailable> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "StoreError":
      return unstored(error)
    case "DuplicateName":
      return new BadRequest({ detail: "Product with the same name already exists" })
    case "UnknownReference":
      return new BadRequest({ detail: "No category with the specified ID found" })
    case "StillInStock":
      return new BadRequest({
        detail: `Product with ID (${error.id}) cannot be deleted: ${error.onHand} units are in stock, ${error.held} of them held`
      })
    default:
      return new BadRequest({ detail: error.message })
  }
}

/** The catalogue's refusals of categories, in E's words. */
export const refuseCategory = (
  error: DuplicateName | InvalidInput | StoreError | NotFound
): Effect.Effect<never, BadRequest | NotFound | Unavailable> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "StoreError":
      return unstored(error)
    case "DuplicateName":
      return new BadRequest({ detail: "Category with the same name already exists" })
    default:
      return new BadRequest({ detail: error.message })
  }
}
