import type { Category } from "@stockbook/core"
import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** `POST /categories/create`. */
export const CategoryForm = Schema.Struct({
  name: textOf(1, 255),
  description: optional(textOf(0, 10_000))
}).annotate({ examples: [{ name: "Electronics", description: "Gadgets and electronic devices" }] })

/** `PUT /categories/{category_id}`: only the fields given change. */
export const CategoryPatch = Schema.Struct({
  name: Schema.optionalKey(textOf(1, 255)),
  description: optional(textOf(0, 10_000))
}).annotate({
  examples: [{ name: "Consumer Electronics", description: "Updated description for gadgets" }]
})

const fields = { id: Schema.Int, name: Schema.String, description: Schema.NullOr(Schema.String) }

/** A category as its product shows it. */
export const CategorySummary = Schema.Struct(fields)

export const CategoryView = Schema.Struct({ ...fields, created_at: Timestamp, updated_at: Timestamp })

export const categorySummary = ({ id, name, description }: Category): typeof CategorySummary.Type => ({
  id,
  name,
  description
})

export const categoryView = (category: Category): typeof CategoryView.Type => ({
  ...categorySummary(category),
  created_at: isoTime(category.createdAt),
  updated_at: isoTime(category.updatedAt)
})
