import { Schema } from "effect"
import { IntegerParam } from "../../fields/Integer.ts"

const pageTo = (most: number) =>
  Schema.optionalKey(IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: most })).annotate({ default: 1 }))

const perPage = (most: number, standard: number) =>
  Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: most })).annotate({ default: standard })
  )

/** `page`, from 1, and `per_page`, to 100, of the list of products. */
export const inventoryPage = { page: pageTo(1_000_000_000), per_page: perPage(100, 50) }

/** Likewise of a product's movements, twenty at a time when nothing is said. */
export const movementPage = { ...inventoryPage, per_page: perPage(100, 20) }

/** Likewise of alerts: as many as there are, up to a thousand, when nothing is said. */
export const alertPage = { page: pageTo(1_000_000_000), per_page: perPage(1000, 1000) }

/** Where the page a request asks for lies in the list. */
export const pageOf = (query: { readonly page?: number; readonly per_page?: number }, standard: number) => {
  const page = query.page ?? 1
  const limit = query.per_page ?? standard
  return { page, limit, offset: (page - 1) * limit }
}
