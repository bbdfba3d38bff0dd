import type {
  Catalog,
  CommandError,
  InvalidInput,
  ItemRefusal,
  NotWritten,
  Part,
  StillInStock,
  VariationRefusal
} from "@stockbook/core"
import { Effect } from "effect"
import {
  Invalid,
  invalid,
  invalidId,
  Missing,
  missing,
  OutOfService,
  type StockFailure,
  Unauthorised
} from "../../problems/EnvelopeProblem.ts"
import { answerTrouble } from "../../problems/storeTrouble.ts"

/** What B's endpoints may answer when they cannot. */
export const problems = [Unauthorised, Missing, Invalid, OutOfService] as const
export type Problem = Unauthorised | Missing | Invalid | OutOfService | StockFailure

export type Refusal = CommandError | InvalidInput | NotWritten | ItemRefusal | VariationRefusal | StillInStock | Problem

const outOfService = (message: string) => new OutOfService({ success: false, message })

/** B's names for fields of the catalogue. */
const fields: Readonly<Record<string, string>> = {
  unitId: "unit_id",
  categoryId: "category_id",
  brandId: "brand_id",
  variation: "variation_id",
  barcode: "qr_code",
  kind: "type",
  unitPrice: "default_price",
  unitCost: "default_cost_price"
}

const fieldAt = (path: ReadonlyArray<string | number>): string => {
  const name = path.join(".") || "body"
  return fields[name] ?? name
}

/** Refusals in B's words. */
export const refuse = (error: Refusal): Effect.Effect<never, Problem> => {
  if (!("_tag" in error)) return Effect.fail(error)
  switch (error._tag) {
    case "StoreError":
      return answerTrouble(error, outOfService)
    case "Overloaded":
    case "EngineClosed":
      return outOfService(error.message)
    case "DuplicateBarcode":
      return invalid("qr_code", "The qr code has already been taken.")
    case "DuplicateSku":
      return invalid("sku", "The sku has already been taken.")
    case "DuplicateName": {
      const field = error.of === "batch" ? "batch_name" : error.of === "variation" ? "variation_value" : "name"
      return invalid(field, `The ${field.replaceAll("_", " ")} has already been taken.`)
    }
    case "UnknownReference":
      return invalidId(fields[error.field] ?? error.field)
    case "StillInStock":
      return invalid("stock_quantity", `The ${error.of} still has stock: ${error.onHand} on hand, ${error.held} held.`)
    case "UnknownItem":
    case "InactiveItem":
      return missing("Inventory item not found")
    case "InvalidInput":
      return new Invalid({
        success: false,
        errors: Object.fromEntries(error.issues.map(({ path, message }) => [fieldAt(path), [message]]))
      })
    default:
      return invalid("quantity", error.message)
  }
}

const words: Readonly<Record<Part, string>> = { item: "inventory item", variation: "variation", batch: "batch" }

/** What the id names nobody in the user's organization by: another's is 403 as documented, and none is 404. */
export const notHere = (catalog: Pick<Catalog["Service"], "ownerOf">, part: Part, id: number) =>
  Effect.flatMap(
    catalog.ownerOf(part, id),
    (owner): Effect.Effect<never, Unauthorised | Missing> =>
      owner === null
        ? missing(
            part === "item" ? "Inventory item not found" : part === "batch" ? "Batch not found" : "Variation not found"
          )
        : new Unauthorised({ success: false, message: `Unauthorized access to ${words[part]}` })
  )
