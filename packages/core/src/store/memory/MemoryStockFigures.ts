import { Clock, Effect } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { sumOfLeaves } from "../../ledger/levels.ts"
import { stockedItem } from "./itemList.ts"
import { leavesOf } from "./stocked.ts"
import type { Tables } from "./Tables.ts"

/** What an organization has in stock, in memory. */
export const memoryStockFigures = (tables: Tables): Pick<CatalogDriver, "stockFigures"> => ({
  stockFigures: (organization) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const items = Array.from(tables.items.values()).filter(
        (item) => item.organization === organization && item.active
      )
      const stocked = items.map((item) => stockedItem(tables, item, now))
      return {
        ...sumOfLeaves(items.flatMap(({ id }) => leavesOf(tables, id, now))),
        low: stocked.filter((each) => each.lowStockThreshold !== null && each.available <= each.lowStockThreshold)
          .length,
        out: stocked.filter(({ available }) => available <= 0).length
      }
    })
})
