import { Effect } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { memoryBatches } from "./MemoryBatches.ts"
import { memoryFigures } from "./MemoryFigures.ts"
import { memoryItems } from "./MemoryItems.ts"
import { memoryKits } from "./MemoryKits.ts"
import { memoryLocations } from "./MemoryLocations.ts"
import { memoryPartners } from "./MemoryPartners.ts"
import { memoryStockFigures } from "./MemoryStockFigures.ts"
import { memoryTerms } from "./MemoryTerms.ts"
import { memoryVariations } from "./MemoryVariations.ts"
import type { Tables } from "./Tables.ts"

/** The catalogue in memory. */
export const memoryCatalog = (tables: Tables): CatalogDriver => ({
  ...memoryLocations(tables),
  ...memoryTerms(tables),
  ...memoryPartners(tables),
  ...memoryItems(tables),
  ...memoryVariations(tables),
  ...memoryBatches(tables),
  ...memoryKits(tables),
  ...memoryFigures(tables),
  named: (organization, wanted) =>
    Effect.sync(() =>
      wanted.map((each) => {
        const item = tables.items.get(each.item)
        if (item?.organization !== organization) return null
        const variation = each.variation === null ? undefined : tables.variations.get(each.variation)
        const batch = each.batch === null ? undefined : tables.batches.get(each.batch)
        return {
          item: { name: item.name, active: item.active },
          variation:
            variation?.item === item.id ? { id: variation.id, name: variation.name, active: variation.active } : null,
          batch:
            batch?.item === item.id
              ? { id: batch.id, name: batch.name, active: batch.active, variation: batch.variation }
              : null
        }
      })
    ),
  ...memoryStockFigures(tables),
  ownerOf: (part, id) =>
    Effect.sync(() => {
      const rows: ReadonlyMap<number, { readonly organization: OrganizationId }> =
        part === "item" ? tables.items : part === "variation" ? tables.variations : tables.batches
      return rows.get(id)?.organization ?? null
    })
})
