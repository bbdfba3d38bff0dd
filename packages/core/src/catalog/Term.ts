import { Schema } from "effect"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"

/** A group of items: a positive integer, unique in the store. */
export const CategoryId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("CategoryId"))
export type CategoryId = typeof CategoryId.Type

/** Who makes an item: a positive integer, unique in the store. */
export const BrandId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("BrandId"))
export type BrandId = typeof BrandId.Type

/** What an item is counted in: a positive integer, unique in the store. */
export const UnitId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("UnitId"))
export type UnitId = typeof UnitId.Type

/** What items are described with. Names are unique among those of its kind in the organization that are not deleted. */
interface Term {
  readonly organization: OrganizationId
  readonly name: string
  /** Not deleted. A deleted one stays on the items that have it, and no other item gets it. */
  readonly active: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Category extends Term {
  readonly id: CategoryId
  readonly description: string | null
}

export interface Brand extends Term {
  readonly id: BrandId
  readonly description: string | null
}

/** A unit of measure. Stock is counted in its smallest part: of a unit with scale 3 (kilograms), 1,250 are 1.250. */
export interface Unit extends Term {
  readonly id: UnitId
  readonly symbol: string | null
  /** Decimals a quantity has in this unit, 0 to 6. */
  readonly scale: number
}

const name = textOf(1, 255)
const description = Schema.optionalKey(Schema.NullOr(textOf(0, 10_000)))
const symbol = Schema.optionalKey(Schema.NullOr(textOf(1, 20)))
const scale = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 6 }))

/** What it takes to make a category. */
export const NewCategory = Schema.Struct({ name, description })
export type NewCategory = typeof NewCategory.Type

/** The fields of a category that can change; those left out stay. */
export const CategoryPatch = Schema.Struct({ name: Schema.optionalKey(name), description })
export type CategoryPatch = typeof CategoryPatch.Type

/** What it takes to make a brand. */
export const NewBrand = Schema.Struct({ name, description })
export type NewBrand = typeof NewBrand.Type

/** The fields of a brand that can change; those left out stay. */
export const BrandPatch = Schema.Struct({ name: Schema.optionalKey(name), description })
export type BrandPatch = typeof BrandPatch.Type

/** What it takes to make a unit of measure; its scale is 0 when left out. */
export const NewUnit = Schema.Struct({ name, symbol, scale: Schema.optionalKey(scale) })
export type NewUnit = typeof NewUnit.Type

/** The fields of a unit of measure that can change; those left out stay. The scale cannot: quantities are counted in it. */
export const UnitPatch = Schema.Struct({ name: Schema.optionalKey(name), symbol })
export type UnitPatch = typeof UnitPatch.Type

/** Category, brand and unit by their kind: what they are, and what it takes to make and to change them. */
export interface Terms {
  readonly category: Category
  readonly brand: Brand
  readonly unit: Unit
}
export type TermKind = keyof Terms
export const newTerms = { category: NewCategory, brand: NewBrand, unit: NewUnit } as const
export type NewTerms = { readonly [K in TermKind]: (typeof newTerms)[K]["Type"] }
export const termPatches = { category: CategoryPatch, brand: BrandPatch, unit: UnitPatch } as const
export type TermPatches = { readonly [K in TermKind]: (typeof termPatches)[K]["Type"] }
