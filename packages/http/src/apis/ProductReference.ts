import { type Catalog, ItemId, type OrganizationId, type StockedItem, type StoreError } from "@stockbook/core"
import { Array as Arr, Data, Effect, Schema } from "effect"
import { textOf } from "../fields/Text.ts"

/** A product as clients name it: its integer id, or its SKU. Digits in text are an id if there is such a product. */
export const ProductReference = Schema.Union([Schema.Int.check(Schema.isGreaterThan(0)), textOf(1, 100)]).annotate({
  description: "The product's id, or its SKU."
})
export type ProductReference = typeof ProductReference.Type

/** The organization has no product of this id or SKU. */
export class UnknownProduct extends Data.TaggedError("UnknownProduct")<{ readonly product: ProductReference }> {}

/** The product of this id or SKU, deleted ones included; `null` if there is none. */
export const findProduct = (
  catalog: Catalog["Service"],
  organization: OrganizationId,
  product: ProductReference
): Effect.Effect<StockedItem | null, StoreError> => {
  if (typeof product === "number") return catalog.item(organization, ItemId.make(product))
  const id = idIn(product)
  if (id === null) return catalog.itemBySku(organization, product)
  return Effect.flatMap(catalog.item(organization, id), (item) =>
    item === null ? catalog.itemBySku(organization, product) : Effect.succeed(item)
  )
}

/**
 * The ids of products, in their order. Integers are taken for ids as they are and cost nothing: the engine says which
 * of them it does not know.
 */
export const itemIds = (
  catalog: Catalog["Service"],
  organization: OrganizationId,
  products: Arr.NonEmptyReadonlyArray<ProductReference>
): Effect.Effect<Arr.NonEmptyReadonlyArray<ItemId>, UnknownProduct | StoreError> =>
  allIds(products)
    ? Effect.succeed(Arr.map(products, (id) => ItemId.make(id)))
    : Effect.forEach(products, (product) => itemId(catalog, organization, product))

/** The id of a product; an integer is taken for one as it is. */
export const itemId = (
  catalog: Catalog["Service"],
  organization: OrganizationId,
  product: ProductReference
): Effect.Effect<ItemId, UnknownProduct | StoreError> =>
  typeof product === "number"
    ? Effect.succeed(ItemId.make(product))
    : Effect.flatMap(findProduct(catalog, organization, product), (item) =>
        item === null ? Effect.fail(new UnknownProduct({ product })) : Effect.succeed(item.id)
      )

const allIds = (products: Arr.NonEmptyReadonlyArray<ProductReference>): products is Arr.NonEmptyReadonlyArray<number> =>
  products.every((product) => typeof product === "number")

const idIn = (text: string): ItemId | null => {
  if (!/^[1-9]\d{0,15}$/.test(text)) return null
  const number = Number(text)
  return Number.isSafeInteger(number) ? ItemId.make(number) : null
}
