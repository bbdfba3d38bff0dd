import { Schema } from "effect"
import { Money } from "./Money.ts"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"

/** What other APIs call product or inventory item: a positive integer, unique in the store. */
export const ItemId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("ItemId"))
export type ItemId = typeof ItemId.Type

/** A size, colour … of an item: a positive integer. Stock without a variation has none. */
export const VariationId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("VariationId"))
export type VariationId = typeof VariationId.Type

/** A lot of an item or variation: a positive integer. Stock without a batch has none. */
export const BatchId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("BatchId"))
export type BatchId = typeof BatchId.Type

/** A thing that is stocked. Its SKU is unique in the organization, deleted items included. */
export interface Item {
  readonly id: ItemId
  readonly organization: OrganizationId
  readonly name: string
  readonly sku: string | null
  readonly description: string | null
  readonly unitPrice: Money | null
  /** The smallest unit that is counted: `piece`, `g` … */
  readonly unit: string | null
  readonly category: string | null
  /** A deleted item keeps its ledger; nothing new is received or reserved of it. */
  readonly active: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** The user who made it, as the caller names its users. */
  readonly createdBy: number | null
}

const Name = textOf(1, 255)
const Sku = Schema.NullOr(textOf(1, 100))
const Text = Schema.NullOr(textOf(0, 10_000))
const Word = Schema.NullOr(textOf(0, 100))

/** What it takes to make an item. */
export const NewItem = Schema.Struct({
  name: Name,
  sku: Schema.optionalKey(Sku),
  description: Schema.optionalKey(Text),
  unitPrice: Schema.optionalKey(Schema.NullOr(Money)),
  unit: Schema.optionalKey(Word),
  category: Schema.optionalKey(Word),
  /** Low-stock threshold in units; 10 when left out, `null` for none. */
  lowStockThreshold: Schema.optionalKey(Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))),
  createdBy: Schema.optionalKey(Schema.NullOr(Schema.Int))
})
export type NewItem = typeof NewItem.Type

/** The fields of an item that can change; those left out stay. */
export const ItemPatch = Schema.Struct({
  name: Schema.optionalKey(Name),
  sku: Schema.optionalKey(Sku),
  description: Schema.optionalKey(Text),
  unitPrice: Schema.optionalKey(Schema.NullOr(Money)),
  unit: Schema.optionalKey(Word),
  category: Schema.optionalKey(Word),
  active: Schema.optionalKey(Schema.Boolean)
})
export type ItemPatch = typeof ItemPatch.Type

/** The low-stock threshold of an item that was made without one. */
export const defaultLowStockThreshold = 10
