import type { ItemPolicy, LocationId, StockedItem } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { MovementRow } from "./MovementRow.ts"

/** What the organization's default location is called here. */
export const MAIN = "MAIN"

/** At or below it a product is to be ordered, where nobody said otherwise. */
const DEFAULT_REORDER_POINT = 5

const fields = {
  product_id: Schema.Int,
  product_name: Schema.String,
  product_sku: Schema.String,
  quantity_available: Schema.Int,
  quantity_reserved: Schema.Int,
  quantity_committed: Schema.Int,
  low_stock_threshold: Schema.Int,
  is_low_stock: Schema.Boolean,
  last_restocked_at: Schema.NullOr(Timestamp),
  warehouse_location: Schema.String
}

/** The stock of a product; a product without an SKU has an empty one here. */
export const InventoryRow = Schema.Struct(fields)

/** The stock of a product with its policy and the latest of its movements. */
export const InventoryDetail = Schema.Struct({
  ...fields,
  reorder_point: Schema.Int,
  max_stock_level: Schema.NullOr(Schema.Int),
  movements: Schema.Array(MovementRow)
})

/** What rows are shown with. */
export interface Beside {
  readonly restocked: ReadonlyMap<StockedItem["id"], number>
  readonly locations: ReadonlyMap<LocationId, string>
}

/** Whether available is at or below the threshold. */
export const isLow = (available: number, threshold: number | null): boolean =>
  threshold !== null && available <= threshold

export const inventoryRow = (item: StockedItem, { restocked, locations }: Beside): typeof InventoryRow.Type => {
  const restockedAt = restocked.get(item.id)
  return {
    product_id: item.id,
    product_name: item.name,
    product_sku: item.sku ?? "",
    quantity_available: item.available,
    quantity_reserved: item.reserved,
    quantity_committed: item.committed,
    low_stock_threshold: item.lowStockThreshold ?? 0,
    is_low_stock: isLow(item.available, item.lowStockThreshold),
    last_restocked_at: restockedAt === undefined ? null : isoTime(restockedAt),
    warehouse_location: (item.home === null ? undefined : locations.get(item.home)) ?? MAIN
  }
}

export const inventoryDetail = (
  item: StockedItem,
  beside: Beside,
  policy: ItemPolicy | null,
  movements: ReadonlyArray<typeof MovementRow.Type>
): typeof InventoryDetail.Type => ({
  ...inventoryRow(item, beside),
  reorder_point: policy?.reorderPoint ?? DEFAULT_REORDER_POINT,
  max_stock_level: policy?.maximum ?? null,
  movements
})
