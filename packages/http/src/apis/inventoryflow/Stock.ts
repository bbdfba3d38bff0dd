import { type Item, printedDate, type StockedBatch, type StockedItem } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { ProductSummary, productSummary } from "./Product.ts"

/** `PATCH /stocks/{id}`. */
export const StockPatch = Schema.Struct({
  available_quantity: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))
}).annotate({ examples: [{ available_quantity: 45 }] })

/** A stock entry as lists show it. */
export const StockRow = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  available_quantity: Schema.Int,
  batch_number: Schema.String
})

export const StockView = Schema.Struct({
  ...StockRow.fields,
  expiry_date: Schema.NullOr(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  product: ProductSummary
})

export const stockRow = (batch: StockedBatch): typeof StockRow.Type => ({
  id: batch.id,
  product_id: batch.item,
  available_quantity: batch.levels.available,
  batch_number: batch.name
})

/** An entry was last changed when its batch was, or its product's stock. */
export const stockView = (
  batch: StockedBatch,
  item: Item & Pick<StockedItem, "stockUpdatedAt">
): typeof StockView.Type => {
  const date = printedDate(batch)
  return {
    ...stockRow(batch),
    expiry_date: date === null ? null : isoTime(date),
    created_at: isoTime(batch.createdAt),
    updated_at: isoTime(Math.max(batch.updatedAt, item.stockUpdatedAt)),
    product: productSummary(item)
  }
}
