import { Effect } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { fromMillionths, toMillionths } from "../../costs/Amount.ts"
import { noLevels, onHand } from "../../stock/Levels.ts"
import type { Tables } from "./Tables.ts"

/** An organization's figures in memory. */
export const memoryFigures = (tables: Tables): Pick<CatalogDriver, "figures"> => ({
  figures: (organization) =>
    Effect.sync(() => {
      const items = Array.from(tables.items.values()).filter(
        (item) => item.organization === organization && item.active
      )
      const units = items.map(({ id }) => onHand(tables.stock.get(id) ?? noLevels))
      const value = items.reduce(
        (sum, { unitPrice }, index) => sum + toMillionths(unitPrice ?? "0") * BigInt(units[index] ?? 0),
        0n
      )
      return {
        items: items.length,
        categories: Array.from(tables.terms.category.values()).filter(
          (category) => category.organization === organization && category.active
        ).length,
        onHand: units.reduce((sum, each) => sum + each, 0),
        value: fromMillionths(value)
      }
    })
})
