import type { CommandError } from "@stockbook/core"
import { Effect } from "effect"
import { type BadRequest, NotFound } from "../../problems/Problem.ts"
import { refused, type StockProblem } from "../refusal.ts"
import { BulkRefused } from "./BulkResult.ts"

/** Why A does not do something: the engine's refusals, or the answer itself. */
export type Refusal = CommandError | BadRequest | NotFound | BulkRefused

/** Refusals in A's words. */
export const refuse = (error: CommandError | BadRequest | NotFound): Effect.Effect<never, StockProblem> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    // A deleted product is as unknown as one that never was.
    case "UnknownItem":
    case "InactiveItem":
      return noInventory()
    default:
      return refused(error)
  }
}

/** Likewise, where rows may be refused together. */
export const refuseBulk = (error: Refusal): Effect.Effect<never, StockProblem | BulkRefused> =>
  error instanceof BulkRefused ? Effect.fail(error) : refuse(error)

/** What a row of a bulk update is told, by the tag and message of what refused it. */
export const rowError = (tag: string, message: string): string =>
  tag === "UnknownItem" || tag === "InactiveItem" ? NO_INVENTORY : message

const NO_INVENTORY = "Inventory not found"
export const noInventory = () => new NotFound({ detail: NO_INVENTORY })
export const noLocation = (location: string) => `Warehouse location ${location} not found`
