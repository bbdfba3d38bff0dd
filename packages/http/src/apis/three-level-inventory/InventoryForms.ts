import { Schema } from "effect"
import { textOf } from "../../fields/Text.ts"
import { blankable, Day, Id, Level, Name, Note, Price } from "./fields.ts"

const variation = {
  variation_note: blankable(Note),
  variation_price: blankable(Price),
  batch_tracking: blankable(Schema.Boolean)
}

const item = {
  type: blankable(textOf(1, 100)),
  default_price: blankable(Price),
  default_cost_price: blankable(Price),
  unit_id: blankable(Id),
  category_id: blankable(Id),
  brand_id: blankable(Id),
  qr_code: blankable(textOf(1, 100)),
  has_variations: blankable(Schema.Boolean),
  has_batches: blankable(Schema.Boolean),
  note: blankable(Note)
}

/** `POST /api/inventories`: an item, with variations and opening stock. */
export const InventoryForm = Schema.Struct({
  name: Name,
  ...item,
  stock_quantity: blankable(Level),
  variations: blankable(
    Schema.Array(
      Schema.Struct({
        variation_type: textOf(1, 100),
        variation_value: Name,
        ...variation,
        stock_quantity: blankable(Level)
      })
    ).check(Schema.isMaxLength(100))
  )
}).annotate({
  examples: [
    {
      name: "T-Shirt",
      type: "product",
      stock_quantity: 0,
      default_price: 2000,
      default_cost_price: 1200,
      qr_code: "TSH-001",
      has_variations: true,
      has_batches: false,
      note: "Cotton T-Shirt",
      variations: [{ variation_type: "Size", variation_value: "Medium", variation_price: 2000, stock_quantity: 0 }]
    }
  ]
})

/** `PUT /api/inventories/{id}`: only the fields given change. */
export const InventoryPatch = Schema.Struct({ name: blankable(Name), ...item }).annotate({
  examples: [{ name: "T-Shirt Updated", default_price: 2500, note: "Premium cotton T-Shirt", has_batches: true }]
})

/** `POST /api/inventory-variations`. */
export const VariationForm = Schema.Struct({
  inventory_id: Id,
  variation_type: blankable(textOf(1, 100)),
  variation_value: Name,
  ...variation,
  stock_quantity: blankable(Level),
  note: blankable(Note)
}).annotate({
  examples: [
    { inventory_id: 1, variation_type: "Color", variation_value: "Blue", variation_price: 2100, stock_quantity: 0 }
  ]
})

/** `PUT /api/inventory-variations/{id}`: only the fields given change. */
export const VariationPatch = Schema.Struct({
  variation_type: blankable(textOf(1, 100)),
  variation_value: blankable(Name),
  ...variation,
  note: blankable(Note)
}).annotate({ examples: [{ variation_value: "Extra Large", variation_price: 2400, note: "Updated to XL size" }] })

const batch = { expiry_date: blankable(Day), manufacture_date: blankable(Day), cost_price: blankable(Price) }

/** `POST /api/inventory-batches`. */
export const BatchForm = Schema.Struct({
  inventory_id: Id,
  variation_id: blankable(Id),
  batch_name: Name,
  ...batch
}).annotate({
  examples: [{ inventory_id: 1, batch_name: "BATCH-2025-001", expiry_date: "2027-12-31", cost_price: 1200 }]
})

/** `PUT /api/inventory-batches/{id}`: only the fields given change. */
export const BatchPatchForm = Schema.Struct({ batch_name: blankable(Name), ...batch }).annotate({
  examples: [{ batch_name: "BATCH-2025-001A", expiry_date: "2028-12-31" }]
})

/** `POST /api/inventory/{id}/stock/add` and `/reduce`. */
export const StockForm = Schema.Struct({
  variation_id: blankable(Id),
  batch_id: blankable(Id),
  quantity: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  note: blankable(Note),
  related_invoice_id: blankable(Id)
}).annotate({
  examples: [{ variation_id: 1, batch_id: null, quantity: 100, note: "Stock purchase", related_invoice_id: null }]
})
