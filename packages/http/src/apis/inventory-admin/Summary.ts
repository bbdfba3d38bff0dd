import { type CatalogFigures, onHand, type StockFigures } from "@stockbook/core"
import { Schema } from "effect"

const LocationSummary = Schema.Struct({
  location_id: Schema.Int,
  location_name: Schema.String,
  on_hand: Schema.Int,
  available: Schema.Int,
  reserved: Schema.Int,
  committed: Schema.Int,
  quarantined: Schema.Int
})

/** Totals over all products that are not deleted; the stock's value is by the products' prices, exact. */
export const Summary = Schema.Struct({
  total_products: Schema.Int,
  total_units: Schema.Int,
  total_on_hand: Schema.Int,
  total_available: Schema.Int,
  total_reserved: Schema.Int,
  total_committed: Schema.Int,
  total_quarantined: Schema.Int,
  low_stock_count: Schema.Int,
  out_of_stock_count: Schema.Int,
  stock_value: Schema.String,
  locations: Schema.Array(LocationSummary)
})

export const summaryOf = (
  { items, value }: CatalogFigures,
  { levels, low, out, byLocation }: StockFigures,
  nameOf: (location: number) => string
): typeof Summary.Type => ({
  total_products: items,
  total_units: onHand(levels),
  total_on_hand: onHand(levels),
  total_available: levels.available,
  total_reserved: levels.reserved,
  total_committed: levels.committed,
  total_quarantined: levels.quarantined,
  low_stock_count: low,
  out_of_stock_count: out,
  stock_value: value,
  locations: byLocation.map(({ location, ...at }) => ({
    location_id: location,
    location_name: nameOf(location),
    on_hand: onHand(at),
    available: at.available,
    reserved: at.reserved,
    committed: at.committed,
    quarantined: at.quarantined
  }))
})
