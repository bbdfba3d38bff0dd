import { Schema } from "effect"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { VariationId } from "../../catalog/Variation.ts"
import { PickLocations, PickOrder, PolicyBasis } from "../../policies/Policy.ts"
import { Level, Quantity } from "../Quantity.ts"
import { context } from "./parts.ts"

const optional = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** Whose policy: the item's, or that of a variation, of a location with all in it, or of both. */
const scope = {
  item: ItemId,
  variation: Schema.optionalKey(VariationId),
  location: Schema.optionalKey(LocationId)
}

const ofItemsOnly = ["pickOrder", "pickLocations", "backorderLimit", "negativeLimit"] as const

/**
 * Changes a policy: the fields that are there, `null` taking one away; see `LevelPolicy` and `ItemPolicy`. Quantities
 * in units. How stock is picked, and how far backorders and negative stock go, is the item's to say, not a part's. A
 * `negativeLimit` below what is owed already is refused (`NegativeLimitInUse`).
 */
export const SetPolicy = Schema.TaggedStruct("SetPolicy", {
  ...context,
  ...scope,
  lowStockThreshold: optional(Level),
  reorderPoint: optional(Level),
  reorderQuantity: optional(Quantity),
  safetyStock: optional(Level),
  maximum: optional(Level),
  leadTimeDays: optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3650 }))),
  hysteresis: optional(Level),
  basis: optional(PolicyBasis),
  pickOrder: optional(PickOrder),
  pickLocations: optional(PickLocations),
  /** Units that may wait for stock at most: 0 none, `null` any number. */
  backorderLimit: optional(Level),
  /** Units that available may fall below zero at most. */
  negativeLimit: Schema.optionalKey(Level)
}).check(
  Schema.makeFilter((command) => {
    if (command.variation === undefined && command.location === undefined) return undefined
    const stray = ofItemsOnly.find((field) => command[field] !== undefined)
    return stray === undefined ? undefined : { path: [stray], issue: "Expected on the item's policy only" }
  })
)

/** Raises no alert of a policy until an instant (epoch milliseconds); `null` from now on again. */
export const SnoozeAlert = Schema.TaggedStruct("SnoozeAlert", {
  ...context,
  ...scope,
  until: Schema.NullOr(Schema.Int.check(Schema.isGreaterThan(0)))
})
