import { type ItemStock, type Levels, type LocationId, onHand, type StockedItem } from "@stockbook/core"
import { Schema } from "effect"

const levels = {
  on_hand: Schema.Int,
  available: Schema.Int,
  reserved: Schema.Int,
  committed: Schema.Int,
  quarantined: Schema.Int
}

/** A product's stock in all and at each location that has had some. Units. */
export const StockRow = Schema.Struct({
  product_id: Schema.Int,
  product_name: Schema.String,
  product_sku: Schema.NullOr(Schema.String),
  ...levels,
  low_stock_threshold: Schema.NullOr(Schema.Int),
  is_low_stock: Schema.Boolean,
  by_warehouse: Schema.Array(Schema.Struct({ warehouse_id: Schema.Int, warehouse_name: Schema.String, ...levels }))
})

/** The names of locations. */
export type PlaceNames = ReadonlyMap<LocationId | number, string>

export const stockRow = (item: StockedItem, stock: ItemStock | null, names: PlaceNames): typeof StockRow.Type => ({
  product_id: item.id,
  product_name: item.name,
  product_sku: item.sku,
  ...levelsOf(item),
  low_stock_threshold: item.lowStockThreshold,
  is_low_stock: item.lowStockThreshold !== null && item.available <= item.lowStockThreshold,
  by_warehouse: (stock?.byLocation ?? []).map((at) => ({
    warehouse_id: at.location,
    warehouse_name: names.get(at.location) ?? "",
    ...levelsOf(at)
  }))
})

const levelsOf = (at: Levels) => ({
  on_hand: onHand(at),
  available: at.available,
  reserved: at.reserved,
  committed: at.committed,
  quarantined: at.quarantined
})
