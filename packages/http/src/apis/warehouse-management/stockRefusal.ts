import type { CommandError, InvalidInput, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest, NotFound } from "../../problems/Problem.ts"
import { refused, type StockProblem } from "../refusal.ts"
import { noProduct, noWarehouse } from "./places.ts"

/** Why D's movements and transfers are refused: by the engine, or in the words of the answer itself. */
type Refusal = CommandError | InvalidInput | StoreError | BadRequest | NotFound

/** Refusals of movements in D's words. */
export const refuseMovement = (error: Refusal): Effect.Effect<never, StockProblem> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "UnknownItem":
    case "InactiveItem":
      return noProduct()
    case "UnknownLocation":
    case "InactiveLocation":
      return noWarehouse()
    default:
      return refused(error)
  }
}

/** Refusals of transfers in D's words. */
export const refuseTransfer = (error: Refusal): Effect.Effect<never, StockProblem> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "SameLocation":
      return sameWarehouse()
    case "InsufficientStock":
      return new BadRequest({
        detail: `Insufficient stock in source warehouse. Available: ${error.available}, Requested: ${error.requested}`
      })
    case "UnknownTransfer":
      return noTransfer()
    default:
      return refuseMovement(error)
  }
}

export const sameWarehouse = () => new BadRequest({ detail: "Source and destination warehouses must be different" })
export const noTransfer = () => new NotFound({ detail: "Transfer not found" })
