import type {
  BatchRefusal,
  CommandError,
  DuplicateName,
  DuplicatePartner,
  InvalidInput,
  ItemRefusal,
  StillInStock,
  StoreError
} from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, type Forbidden, NotFound, type Unavailable } from "../../problems/Problem.ts"
import { refused, type StockProblem, unstored } from "../refusal.ts"

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

/** The catalogue's refusals of customers and suppliers, in E's words. */
export const refusePartner = (
  error: DuplicatePartner | InvalidInput | StoreError | BadRequest | NotFound
): Effect.Effect<never, BadRequest | NotFound | Unavailable> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "StoreError":
      return unstored(error)
    case "DuplicatePartner":
      return new BadRequest({ detail: `User with ID (${error.user}) is a ${error.kind} already` })
    default:
      return new BadRequest({ detail: error.message })
  }
}

/** Why an order is not placed or moved on, or stock not set. */
type OrderRefusal = CommandError | BatchRefusal | BadRequest | Forbidden | NotFound

/** The engine's refusals of orders, in E's words. */
export const refuseOrder = (error: OrderRefusal): Effect.Effect<never, StockProblem | Forbidden> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "UnknownItem":
    case "InactiveItem":
      return new NotFound({ detail: "Product not found" })
    case "UnknownBatch":
    case "InactiveBatch":
      return new NotFound({ detail: "Stock not found" })
    case "OrderClosed":
      return new BadRequest({ detail: `Order is already ${error.status}` })
    case "DuplicateName":
    case "UnknownReference":
      return new BadRequest({ detail: error.message })
    default:
      return refused(error)
  }
}

/** The engine's refusals of stock that is set, in E's words. */
export const refuseStock = (error: CommandError | NotFound): Effect.Effect<never, StockProblem> =>
  !("_tag" in error)
    ? Effect.fail(error)
    : error._tag === "UnknownBatch" || error._tag === "InactiveBatch"
      ? new NotFound({ detail: "Stock with the specified ID not found" })
      : refused(error)
