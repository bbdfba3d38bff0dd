import { Schema } from "effect"
import type { ItemId } from "./Item.ts"
import { Money } from "./Money.ts"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"
import { UnitCost } from "./UnitCost.ts"

/** A size, colour … of an item: a positive integer. Stock without a variation has none. */
export const VariationId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("VariationId"))
export type VariationId = typeof VariationId.Type

/**
 * One of the forms an item comes in. Its kind and name are unique among those of the item that are not deleted; its SKU
 * and barcode in the organization, among items and variations, deleted ones included.
 */
export interface Variation {
  readonly id: VariationId
  readonly organization: OrganizationId
  readonly item: ItemId
  /** What it is a choice of: `Size`, `Color` … */
  readonly kind: string | null
  /** `Large`, `Blue` … */
  readonly name: string
  readonly description: string | null
  readonly note: string | null
  readonly sku: string | null
  readonly barcode: string | null
  /** Its own price; `null` when it is the item's. */
  readonly price: Money | null
  /** Its own cost; `null` when it is the item's. */
  readonly cost: UnitCost | null
  /** Its stock is kept in batches. */
  readonly batchTracking: boolean
  /** Not deleted. */
  readonly active: boolean
  readonly deletedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly createdBy: number | null
}

const Name = textOf(1, 255)
const Code = Schema.NullOr(textOf(1, 100))
const Text = Schema.NullOr(textOf(0, 10_000))

const fields = {
  kind: Schema.optionalKey(Schema.NullOr(textOf(1, 100))),
  description: Schema.optionalKey(Text),
  note: Schema.optionalKey(Text),
  sku: Schema.optionalKey(Code),
  barcode: Schema.optionalKey(Code),
  price: Schema.optionalKey(Schema.NullOr(Money)),
  cost: Schema.optionalKey(Schema.NullOr(UnitCost)),
  batchTracking: Schema.optionalKey(Schema.Boolean)
}

/** What it takes to make a variation of an item. */
export const NewVariation = Schema.Struct({
  name: Name,
  ...fields,
  createdBy: Schema.optionalKey(Schema.NullOr(Schema.Int))
})
export type NewVariation = typeof NewVariation.Type

/** The fields of a variation that can change; those left out stay. */
export const VariationPatch = Schema.Struct({ name: Schema.optionalKey(Name), ...fields })
export type VariationPatch = typeof VariationPatch.Type
