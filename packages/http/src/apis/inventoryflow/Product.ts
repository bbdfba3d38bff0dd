import type { Category, Item } from "@stockbook/core"
import { Schema } from "effect"
import { Amount, amountOf } from "../../fields/Amount.ts"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { CategorySummary, categorySummary } from "./Category.ts"
import { Id } from "./Id.ts"
import { MoneyNumber, moneyNumber } from "./MoneyNumber.ts"

/** `POST /products/create`. */
export const ProductForm = Schema.Struct({
  name: textOf(1, 255),
  description: optional(textOf(0, 10_000)),
  price: optional(Amount),
  category_id: Id
}).annotate({
  examples: [{ name: "Laptop Pro", description: "A high-end laptop", price: 1200, category_id: 1 }]
})

/** `PUT /products/{id}`: only the fields given change. */
export const ProductPatch = Schema.Struct({
  name: Schema.optionalKey(textOf(1, 255)),
  description: optional(textOf(0, 10_000)),
  price: optional(Amount),
  category_id: Schema.optionalKey(Id)
}).annotate({ examples: [{ price: 1150, description: "An updated high-end laptop" }] })

/** A product as lists show it. */
export const ProductRow = Schema.Struct({
  id: Schema.Int,
  name: Schema.String,
  price: Schema.NullOr(MoneyNumber),
  category_id: Schema.NullOr(Schema.Int)
})

/** A product as its orders show it. */
export const ProductName = Schema.Struct({ id: Schema.Int, name: Schema.String })

/** A product as its stock shows it. */
export const ProductSummary = Schema.Struct({ ...ProductName.fields, price: Schema.NullOr(MoneyNumber) })

export const ProductView = Schema.Struct({
  ...ProductRow.fields,
  description: Schema.NullOr(Schema.String),
  created_at: Timestamp,
  updated_at: Timestamp,
  category: Schema.NullOr(CategorySummary)
})

const priceOf = ({ unitPrice }: Item) => (unitPrice === null ? null : moneyNumber(unitPrice))

export const productRow = (item: Item): typeof ProductRow.Type => ({
  id: item.id,
  name: item.name,
  price: priceOf(item),
  category_id: item.categoryId
})

export const productName = ({ id, name }: Item): typeof ProductName.Type => ({ id, name })

export const productSummary = (item: Item): typeof ProductSummary.Type => ({
  ...productName(item),
  price: priceOf(item)
})

export const productView = (item: Item, category: Category | null): typeof ProductView.Type => ({
  ...productRow(item),
  description: item.description,
  created_at: isoTime(item.createdAt),
  updated_at: isoTime(item.updatedAt),
  category: category === null ? null : categorySummary(category)
})

/** The fields of a form, as the catalogue names them; those left out are left out. */
export const itemFields = ({ name, description, price, category_id }: typeof ProductPatch.Type) => ({
  ...(name === undefined ? {} : { name }),
  ...(description === undefined ? {} : { description }),
  ...(price === undefined ? {} : { unitPrice: price === null ? null : amountOf(price) }),
  ...(category_id === undefined ? {} : { categoryId: category_id })
})
