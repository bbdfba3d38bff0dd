import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"

const Level = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** How stock is adjusted by hand. */
const AdjustmentType = Schema.Literals(["RESTOCK", "ADJUSTMENT", "RETURN"])
export type AdjustmentType = typeof AdjustmentType.Type

const settings = {
  quantity_available: optional(Level),
  low_stock_threshold: optional(Level),
  reorder_point: optional(Level),
  max_stock_level: optional(Level),
  warehouse_location: optional(textOf(1, 255))
}

/** `PUT /{product_id}`: only the fields given change. */
export const InventoryUpdate = Schema.Struct(settings).annotate({
  examples: [
    {
      quantity_available: 120,
      low_stock_threshold: 10,
      reorder_point: 5,
      max_stock_level: 500,
      warehouse_location: "Main Warehouse"
    }
  ]
})
export type InventoryUpdate = typeof InventoryUpdate.Type

interface Signed {
  readonly quantity: number
  readonly movement_type: AdjustmentType
}

const wrongSign = ({ quantity, movement_type }: Signed): string | null => {
  if (movement_type === "ADJUSTMENT") return quantity === 0 ? "the quantity of an ADJUSTMENT is not 0" : null
  return quantity < 1 ? `the quantity of a ${movement_type} is greater than 0` : null
}

/** `POST /{product_id}/adjust`: so many units more, or fewer. */
export const StockAdjustment = Schema.Struct({
  quantity: Schema.Int,
  movement_type: AdjustmentType,
  notes: optional(textOf(0, 2000))
})
  .annotate({ examples: [{ quantity: 25, movement_type: "RESTOCK", notes: "Delivery of the week" }] })
  .check(
    Schema.makeFilter((form: Signed) => {
      const issue = wrongSign(form)
      return issue === null ? undefined : { path: ["quantity"], issue }
    })
  )

const fields = {
  product_id: Schema.Int,
  ...settings,
  quantity: optional(Schema.Int),
  movement_type: optional(AdjustmentType),
  notes: optional(textOf(0, 2000))
}

/** A row of `POST /bulk-update`: settings, and stock either as it is to be or by how much it changes. */
export const BulkRow = Schema.Struct(fields).check(
  Schema.makeFilter((row: { readonly [K in keyof typeof fields]?: (typeof fields)[K]["Type"] }) => {
    const { quantity = null, movement_type = null, quantity_available = null } = row
    if (quantity === null && movement_type !== null) return { path: ["quantity"], issue: "needed with a movement_type" }
    if (quantity !== null && movement_type === null) return { path: ["movement_type"], issue: "needed with a quantity" }
    if (quantity !== null && quantity_available !== null) {
      return { path: ["quantity"], issue: "either a quantity, or a quantity_available" }
    }
    const issue = quantity === null || movement_type === null ? null : wrongSign({ quantity, movement_type })
    if (issue !== null) return { path: ["quantity"], issue }
    const { low_stock_threshold, reorder_point, max_stock_level, warehouse_location } = row
    const given = [
      quantity,
      quantity_available,
      low_stock_threshold,
      reorder_point,
      max_stock_level,
      warehouse_location
    ]
    return given.every((each) => each == null) ? { path: ["quantity"], issue: "the row changes nothing" } : undefined
  })
)
export type BulkRow = typeof BulkRow.Type

/** `POST /bulk-update`. */
export const BulkUpdate = Schema.Array(BulkRow)
  .check(Schema.isMinLength(1), Schema.isMaxLength(10_000))
  .annotate({
    examples: [
      [
        { product_id: 1, quantity: 25, movement_type: "RESTOCK" },
        { product_id: 2, quantity_available: 40, low_stock_threshold: 8 }
      ]
    ]
  })
