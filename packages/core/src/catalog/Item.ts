import { Schema } from "effect"
import { Money } from "./Money.ts"
import type { OrganizationId } from "./Organization.ts"
import { BrandId, CategoryId, UnitId } from "./Term.ts"
import { textOf } from "./Text.ts"
import { UnitCost } from "./UnitCost.ts"
import { NewVariation } from "./Variation.ts"

/** What other APIs call product or inventory item: a positive integer, unique in the store. */
export const ItemId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("ItemId"))
export type ItemId = typeof ItemId.Type

/** A thing that is stocked. Its SKU is unique in the organization, deleted items included; so is its barcode. */
export interface Item {
  readonly id: ItemId
  readonly organization: OrganizationId
  readonly name: string
  readonly sku: string | null
  readonly barcode: string | null
  readonly description: string | null
  readonly note: string | null
  /** What sort of thing it is, in the caller's words: `product`, `raw_material` … */
  readonly kind: string | null
  readonly unitPrice: Money | null
  /** What a unit costs when nothing else says so. */
  readonly unitCost: UnitCost | null
  /** The names of its unit of measure (`piece`, `g` …), its category and its brand, and their ids. */
  readonly unit: string | null
  readonly unitId: UnitId | null
  readonly category: string | null
  readonly categoryId: CategoryId | null
  readonly brand: string | null
  readonly brandId: BrandId | null
  /** It comes in variations: set when it gets its first one. */
  readonly hasVariations: boolean
  /** Its stock is kept in batches. */
  readonly hasBatches: boolean
  /** It is put together from components. */
  readonly isKit: boolean
  /** Of an item that is not, nothing new is received or reserved; it keeps its ledger. A deleted one is not active. */
  readonly active: boolean
  readonly deletedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  /** The user who made it, as the caller names its users. */
  readonly createdBy: number | null
}

const Name = textOf(1, 255)
const Code = Schema.NullOr(textOf(1, 100))
const Text = Schema.NullOr(textOf(0, 10_000))
const Term = Schema.NullOr(textOf(1, 255))

const fields = {
  sku: Schema.optionalKey(Code),
  barcode: Schema.optionalKey(Schema.NullOr(textOf(1, 255))),
  description: Schema.optionalKey(Text),
  note: Schema.optionalKey(Text),
  kind: Schema.optionalKey(Schema.NullOr(textOf(1, 100))),
  unitPrice: Schema.optionalKey(Schema.NullOr(Money)),
  unitCost: Schema.optionalKey(Schema.NullOr(UnitCost)),
  /** By name, which makes the unit if there is none of that name; or by id, below. Likewise category and brand. */
  unit: Schema.optionalKey(Term),
  unitId: Schema.optionalKey(Schema.NullOr(UnitId)),
  category: Schema.optionalKey(Term),
  categoryId: Schema.optionalKey(Schema.NullOr(CategoryId)),
  brand: Schema.optionalKey(Term),
  brandId: Schema.optionalKey(Schema.NullOr(BrandId)),
  hasVariations: Schema.optionalKey(Schema.Boolean),
  hasBatches: Schema.optionalKey(Schema.Boolean)
}

const namedOnce = Schema.makeFilter((given: { readonly [K in "unit" | "category" | "brand"]?: unknown }) => {
  const twice = (["unit", "category", "brand"] as const).find((term) => term in given && `${term}Id` in given)
  return twice === undefined ? undefined : { path: [twice], issue: `Expected either ${twice} or ${twice}Id` }
})

/** What it takes to make an item. */
export const NewItem = Schema.Struct({
  name: Name,
  ...fields,
  /** Made with it. */
  variations: Schema.optionalKey(Schema.Array(NewVariation).check(Schema.isMaxLength(1000))),
  /** Low-stock threshold in units; 10 when left out, `null` for none. */
  lowStockThreshold: Schema.optionalKey(Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))),
  createdBy: Schema.optionalKey(Schema.NullOr(Schema.Int))
}).check(namedOnce)
export type NewItem = typeof NewItem.Type

/** The fields of an item that can change; those left out stay. */
export const ItemPatch = Schema.Struct({
  name: Schema.optionalKey(Name),
  ...fields,
  active: Schema.optionalKey(Schema.Boolean)
}).check(namedOnce)
export type ItemPatch = typeof ItemPatch.Type

/** The low-stock threshold of an item that was made without one. */
export const defaultLowStockThreshold = 10
