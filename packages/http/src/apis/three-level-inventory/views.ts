import {
  type Batch,
  type Item,
  type Levels,
  type Movement,
  type Organization,
  onHand,
  printedDate,
  type StockedBatch,
  type StockedItem,
  type StockedVariation,
  type User,
  type Variation
} from "@stockbook/core"
import { Schema } from "effect"
import { microTime, Timestamp } from "../../fields/Timestamp.ts"
import { dayOf, numberOf } from "./fields.ts"

const NullableInt = Schema.NullOr(Schema.Int)
const NullableText = Schema.NullOr(Schema.String)
const NullableNumber = Schema.NullOr(Schema.Finite)
const kept = { is_deleted: Schema.Literals([0, 1]), user_id: NullableInt, organization_id: Schema.Int }
const times = { created_at: Timestamp, updated_at: Timestamp }

/** A variation; `variation_price` is its own, or the inventory's where it has none. */
export const VariationView = Schema.Struct({
  id: Schema.Int,
  inventory_id: Schema.Int,
  variation_type: NullableText,
  variation_value: Schema.String,
  variation_note: NullableText,
  variation_price: NullableNumber,
  stock_quantity: Schema.Int,
  batch_tracking: Schema.Boolean,
  note: NullableText,
  ...kept,
  ...times
})

/** A batch; dates are days. */
export const BatchView = Schema.Struct({
  id: Schema.Int,
  inventory_id: Schema.Int,
  variation_id: NullableInt,
  batch_name: Schema.String,
  stock_quantity: Schema.Int,
  expiry_date: NullableText,
  manufacture_date: NullableText,
  cost_price: NullableNumber,
  ...kept,
  ...times
})

/** What happened to the stock: in positive, out negative. */
export const StockRecordView = Schema.Struct({
  id: Schema.Int,
  inventory_id: Schema.Int,
  variation_id: NullableInt,
  batch_id: NullableInt,
  transaction_type: Schema.Literals(["purchase", "sale", "return", "adjustment"]),
  quantity: Schema.Int,
  balance_after: Schema.Int,
  related_invoice_id: NullableInt,
  note: NullableText,
  ...kept,
  ...times
})

const inventory = {
  id: Schema.Int,
  name: Schema.String,
  type: NullableText,
  stock_quantity: Schema.Int,
  default_price: NullableNumber,
  default_cost_price: NullableNumber,
  unit_id: NullableInt,
  category_id: NullableInt,
  brand_id: NullableInt,
  qr_code: NullableText,
  has_variations: Schema.Boolean,
  has_batches: Schema.Boolean,
  note: NullableText,
  ...kept,
  ...times
}

/** An inventory item; `stock_quantity` is on hand, at all levels alike. */
export const InventoryView = Schema.Struct({
  ...inventory,
  user: Schema.NullOr(Schema.Struct({ id: Schema.Int, name: Schema.String })),
  organization: Schema.Struct({ id: Schema.Int, name: Schema.String }),
  variations: Schema.Array(VariationView),
  batches: Schema.Array(BatchView)
})

/** Likewise, with the latest of what happened to its stock. */
export const InventoryDetail = Schema.Struct({ ...InventoryView.fields, stock_records: Schema.Array(StockRecordView) })

export const variationView = (
  variation: Variation | StockedVariation,
  item: Pick<Item, "unitPrice">,
  levels: Levels
): typeof VariationView.Type => ({
  id: variation.id,
  inventory_id: variation.item,
  variation_type: variation.kind,
  variation_value: variation.name,
  variation_note: variation.description,
  variation_price: numberOf(variation.price ?? item.unitPrice),
  stock_quantity: onHand(levels),
  batch_tracking: variation.batchTracking,
  note: variation.note,
  is_deleted: variation.active ? 0 : 1,
  user_id: variation.createdBy,
  organization_id: variation.organization,
  created_at: microTime(variation.createdAt),
  updated_at: microTime(variation.updatedAt)
})

export const batchView = (batch: Batch | StockedBatch, levels: Levels): typeof BatchView.Type => ({
  id: batch.id,
  inventory_id: batch.item,
  variation_id: batch.variation,
  batch_name: batch.name,
  stock_quantity: onHand(levels),
  expiry_date: dayOf(printedDate(batch)),
  manufacture_date: dayOf(batch.manufacturedAt),
  cost_price: numberOf(batch.cost),
  is_deleted: batch.active ? 0 : 1,
  user_id: batch.createdBy,
  organization_id: batch.organization,
  created_at: microTime(batch.createdAt),
  updated_at: microTime(batch.updatedAt)
})

/** What belongs to an inventory item, read beside it. */
export interface Belongings {
  readonly user: User | null
  readonly organization: Organization | null
  readonly variations: ReadonlyArray<StockedVariation>
  readonly batches: ReadonlyArray<StockedBatch>
}

export const inventoryView = (item: StockedItem, of: Belongings): typeof InventoryView.Type => ({
  id: item.id,
  name: item.name,
  type: item.kind,
  stock_quantity: onHand(item),
  default_price: numberOf(item.unitPrice),
  default_cost_price: numberOf(item.unitCost),
  unit_id: item.unitId,
  category_id: item.categoryId,
  brand_id: item.brandId,
  qr_code: item.barcode,
  has_variations: item.hasVariations,
  has_batches: item.hasBatches,
  note: item.note,
  is_deleted: item.active ? 0 : 1,
  user_id: item.createdBy,
  organization_id: item.organization,
  created_at: microTime(item.createdAt),
  updated_at: microTime(item.updatedAt),
  user: of.user === null ? null : { id: of.user.id, name: nameOf(of.user) },
  organization: { id: item.organization, name: of.organization?.name ?? "" },
  variations: of.variations.map((variation) => variationView(variation, item, variation.levels)),
  batches: of.batches.map((batch) => batchView(batch, batch.levels))
})

/** What a user is called. */
export const nameOf = ({ fullName, firstName, lastName, username }: User): string =>
  fullName ?? ([firstName, lastName].filter((part) => part !== null).join(" ") || username)

const types = ["purchase", "sale", "return", "adjustment"] as const
type TransactionType = (typeof types)[number]

/** What B calls a movement that changed what is on hand; `null` for one that did not. */
const transactionType = ({ from, to, reason }: Movement): TransactionType | null => {
  if (typeof from !== "string" && typeof to !== "string") return null
  const said = types.find((type) => type === reason)
  if (said !== undefined) return said
  if (from === "supplier") return "purchase"
  if (to === "customer") return "sale"
  return from === "customer" ? "return" : "adjustment"
}

/** Movements of one command as one record: units in all, and what they left on hand of the item. */
export const recordView = (movements: ReadonlyArray<Movement>): typeof StockRecordView.Type | null => {
  const last = movements.at(-1)
  if (last === undefined) return null
  const type = transactionType(last)
  if (type === null) return null
  const places = movements.map(({ from, to }) => (typeof to === "string" ? from : to))
  const same = (pick: "variation" | "batch") => {
    const values = new Set(places.map((place) => (typeof place === "string" ? null : place[pick])))
    return values.size === 1 ? ([...values][0] ?? null) : null
  }
  const units = movements.reduce((sum, { quantity, to }) => sum + (typeof to === "string" ? -quantity : quantity), 0)
  return {
    id: last.id,
    inventory_id: last.item,
    variation_id: same("variation"),
    batch_id: same("batch"),
    transaction_type: type,
    quantity: units,
    balance_after: last.onHandAfter,
    related_invoice_id: invoiceOf(last.reference),
    note: last.note,
    is_deleted: 0,
    user_id: last.actor,
    organization_id: last.organization,
    created_at: microTime(last.at),
    updated_at: microTime(last.at)
  }
}

const invoiceOf = (reference: string | null): number | null =>
  reference !== null && /^[1-9]\d{0,14}$/.test(reference) ? Number(reference) : null
