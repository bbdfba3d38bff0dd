import { Schema } from "effect"
import { Quantity } from "../stock/Quantity.ts"
import { InvalidKit } from "./CatalogError.ts"
import { ItemId } from "./Item.ts"
import { VariationId } from "./Variation.ts"

/** What goes into one unit of a kit: so many units of an item, or of one of its variations. */
export const KitComponent = Schema.Struct({
  item: ItemId,
  /** `null` when any variation will do, or the item has none. */
  variation: Schema.NullOr(VariationId),
  quantity: Quantity
})
export type KitComponent = typeof KitComponent.Type

/** What a kit is put together from: 1 to 100 components; none makes it an item like others again. */
export const KitComponents = Schema.Array(KitComponent).check(Schema.isMaxLength(100))

/** What is wrong with components by themselves: the kit is among them, or one twice. */
export const misfit = (kit: ItemId, components: ReadonlyArray<KitComponent>): InvalidKit | null => {
  const seen = new Set<string>()
  for (const { item, variation } of components) {
    if (item === kit) return new InvalidKit({ kit, component: item, reason: "self" })
    const name = `${item}/${variation ?? ""}`
    if (seen.has(name)) return new InvalidKit({ kit, component: item, reason: "twice" })
    seen.add(name)
  }
  return null
}
