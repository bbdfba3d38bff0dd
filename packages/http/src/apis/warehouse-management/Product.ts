import { type Item, type ItemStock, type Levels, type Location, onHand, type StockedItem } from "@stockbook/core"
import { Schema } from "effect"
import { Amount, amountOf } from "../../fields/Amount.ts"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

const words = {
  description: optional(textOf(0, 10_000)),
  unit_of_measure: optional(textOf(0, 100)),
  category: optional(textOf(0, 100))
}

/** `POST /products/`. */
export const ProductForm = Schema.Struct({
  name: textOf(1, 255),
  sku: textOf(1, 100),
  unit_price: Amount,
  ...words
}).annotate({
  examples: [
    {
      name: "Laptop Computer",
      sku: "LAPTOP-001",
      description: "High-performance laptop",
      unit_price: 999.99,
      unit_of_measure: "piece",
      category: "Electronics"
    }
  ]
})

/** `PUT /products/{product_id}`: only the fields given change. */
export const ProductPatch = Schema.Struct({
  name: Schema.optionalKey(textOf(1, 255)),
  sku: Schema.optionalKey(textOf(1, 100)),
  unit_price: Schema.optionalKey(Amount),
  ...words,
  is_active: Schema.optionalKey(Schema.Boolean)
}).annotate({ examples: [{ name: "Updated Product Name", unit_price: 1299.99 }] })

const fields = {
  id: Schema.Int,
  name: Schema.String,
  sku: Schema.NullOr(Schema.String),
  description: Schema.NullOr(Schema.String),
  unit_price: Schema.NullOr(Schema.String),
  unit_of_measure: Schema.NullOr(Schema.String),
  category: Schema.NullOr(Schema.String),
  is_active: Schema.Boolean,
  created_at: Timestamp,
  updated_at: Timestamp,
  created_by: Schema.NullOr(Schema.Int),
  total_stock: Schema.Int
}

/** A product as lists show it; `total_stock` is on hand. */
export const ProductView = Schema.Struct(fields)

/** A product with what each active warehouse has of it. */
export const ProductDetail = Schema.Struct({
  ...fields,
  warehouse_stock: Schema.Array(
    Schema.Struct({ warehouse_id: Schema.Int, warehouse_name: Schema.String, current_stock: Schema.Int })
  )
})

export const productView = (item: Item, levels: Levels): typeof ProductView.Type => ({
  id: item.id,
  name: item.name,
  sku: item.sku,
  description: item.description,
  unit_price: item.unitPrice,
  unit_of_measure: item.unit,
  category: item.category,
  is_active: item.active,
  created_at: isoTime(item.createdAt),
  updated_at: isoTime(item.updatedAt),
  created_by: item.createdBy,
  total_stock: onHand(levels)
})

/** The product with its stock as it lay at one instant. */
export const productDetail = (
  item: StockedItem,
  stock: ItemStock | null,
  warehouses: ReadonlyArray<Location>
): typeof ProductDetail.Type => ({
  ...productView(item, stock?.total ?? item),
  warehouse_stock: warehouses.map(({ id, name }) => {
    const here = stock?.byLocation.find(({ location }) => location === id)
    return { warehouse_id: id, warehouse_name: name, current_stock: here === undefined ? 0 : onHand(here) }
  })
})

/** The fields of a form, as the catalogue names them; those left out are left out. */
export const itemFields = <F extends typeof ProductPatch.Type>(form: F) => ({
  ...(form.unit_price === undefined ? {} : { unitPrice: amountOf(form.unit_price) }),
  ...(form.description === undefined ? {} : { description: form.description }),
  ...(form.unit_of_measure === undefined ? {} : { unit: named(form.unit_of_measure) }),
  ...(form.category === undefined ? {} : { category: named(form.category) })
})

/** No unit and no category has an empty name: it stands for none. */
const named = (name: string | null): string | null => (name === "" ? null : name)
