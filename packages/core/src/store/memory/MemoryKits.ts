import { Effect, Result } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { InvalidKit, UnknownReference } from "../../catalog/CatalogError.ts"
import type { ItemId } from "../../catalog/Item.ts"
import { type KitComponent, misfit } from "../../catalog/Kit.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import { changedAt, isStale } from "./isStale.ts"
import { writing } from "./once.ts"
import { bumpItem, findItem, stillInStock } from "./stocked.ts"
import { type Tables, writeEvent } from "./Tables.ts"

/** Kits in memory. */
export const memoryKits = (tables: Tables): Pick<CatalogDriver, "components" | "setComponents"> => ({
  components: (organization, kit) =>
    Effect.sync(() => (findItem(tables, organization, kit) === null ? [] : (tables.kits.get(kit) ?? []))),
  setComponents: (organization, id, components, how) =>
    writing(tables, organization, how, (now) => {
      const kit = findItem(tables, organization, id)
      if (kit === null || kit.deletedAt !== null) return Result.succeed(null)
      if (isStale(kit, how)) return Result.fail(new ChangedMeanwhile())
      const refusal = misfit(id, components) ?? unfit(tables, organization, id, components)
      if (refusal !== null) return Result.fail(refusal)
      const isKit = components.length > 0
      const stock = isKit && !kit.isKit ? stillInStock(tables, "item", id, now, (leaf) => leaf.item === id) : null
      if (stock !== null) return Result.fail(stock)
      if (isKit) tables.kits.set(id, components)
      else tables.kits.delete(id)
      tables.items.set(id, { ...kit, isKit, updatedAt: changedAt(now, kit) })
      bumpItem(tables, id)
      writeEvent(tables, organization, { _tag: "ItemUpdated", id }, now)
      return Result.succeed(components)
    })
})

const unfit = (
  tables: Tables,
  organization: OrganizationId,
  kit: ItemId,
  components: ReadonlyArray<KitComponent>
): InvalidKit | UnknownReference | null => {
  for (const [index, { item: id, variation }] of components.entries()) {
    const item = findItem(tables, organization, id)
    if (item === null || item.deletedAt !== null) {
      return new UnknownReference({ field: `components.${index}.item`, id })
    }
    if (item.isKit) return new InvalidKit({ kit, component: id, reason: "kit" })
    const of = variation === null ? null : tables.variations.get(variation)
    if (variation !== null && (of?.item !== id || !of.active)) {
      return new UnknownReference({ field: `components.${index}.variation`, id: variation })
    }
  }
  if (components.length === 0) return null
  for (const [other, { length }] of tables.kits) {
    if (length > 0 && tables.kits.get(other)?.some(({ item }) => item === kit)) {
      return new InvalidKit({ kit, component: other, reason: "component" })
    }
  }
  return null
}
