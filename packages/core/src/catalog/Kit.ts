import { Schema } from "effect"
import { Quantity } from "../stock/Quantity.ts"
import { ItemId } from "./Item.ts"
import { VariationId } from "./Variation.ts"

/** What goes into one unit of a kit: so many units of an item, or of one of its variations. */
export const KitComponent = Schema.Struct({
  item: ItemId,
  variation: Schema.NullOr(VariationId),
  quantity: Quantity
})
export type KitComponent = typeof KitComponent.Type
