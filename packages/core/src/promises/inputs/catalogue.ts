import { Schema } from "effect"
import { BatchId } from "../../catalog/Batch.ts"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId, LocationKind } from "../../catalog/Location.ts"
import { itemSorts, itemTexts } from "../../catalog/lists.ts"
import { PartnerId, PartnerKind } from "../../catalog/Partner.ts"
import { BrandId, CategoryId, UnitId } from "../../catalog/Term.ts"
import { StorableText } from "../../catalog/Text.ts"
import { VariationId } from "../../catalog/Variation.ts"
import { validator } from "../../engine/validate.ts"
import { maxPageSize } from "../../ledger/pages.ts"
import type * as M from "../models.ts"
import { type FieldsOf, flag, limitTo, text, Whole, whole } from "./parts.ts"

const idsOf = <S extends Schema.Top>(id: S) => Schema.optional(Schema.Array(id).check(Schema.isMaxLength(maxPageSize)))
const slice = { limit: limitTo(maxPageSize), offset: whole }
const term = { ...slice, active: flag, search: text }
const part = { ...term, items: idsOf(ItemId) }
const variations = part
const batches = { ...part, variation: Schema.optional(VariationId), name: text, expiresBefore: whole }
const partners = { ...term, kind: Schema.optional(PartnerKind) }
const locations = { ...term, ids: idsOf(LocationId), kind: Schema.optional(LocationKind) }
const items = {
  ...term,
  searchIn: Schema.optional(Schema.Array(Schema.Literals(itemTexts))),
  name: text,
  kind: text,
  categoryId: Schema.optional(CategoryId),
  brandId: Schema.optional(BrandId),
  unitId: Schema.optional(UnitId),
  hasVariations: flag,
  hasBatches: flag,
  opened: flag,
  lowStock: flag,
  onHandFrom: Schema.optional(Schema.Int),
  onHandTo: Schema.optional(Schema.Int),
  location: Schema.optional(LocationId),
  keptAt: Schema.optional(LocationId),
  createdFrom: whole,
  createdUntil: whole,
  ids: idsOf(ItemId),
  after: Schema.optional(ItemId),
  sort: Schema.optional(Schema.Literals(itemSorts))
}

variations satisfies FieldsOf<M.VariationFilter>
batches satisfies FieldsOf<M.BatchFilter>
partners satisfies FieldsOf<M.PartnerFilter>
locations satisfies FieldsOf<M.LocationFilter>
items satisfies FieldsOf<M.ItemFilter>
term satisfies FieldsOf<M.TermFilter>

const byId = <Id extends Schema.ConstraintDecoder<unknown>>(id: Id) => validator(Schema.Struct({ id }))

/** What the catalogue is asked by, checked. */
export const checkCatalogue = {
  item: byId(ItemId),
  variation: byId(VariationId),
  batch: byId(BatchId),
  category: byId(CategoryId),
  brand: byId(BrandId),
  unit: byId(UnitId),
  partner: byId(PartnerId),
  location: byId(LocationId),
  ofItem: validator(Schema.Struct({ item: ItemId })),
  kit: validator(Schema.Struct({ kit: ItemId })),
  sku: validator(Schema.Struct({ sku: StorableText })),
  barcode: validator(Schema.Struct({ barcode: StorableText })),
  code: validator(Schema.Struct({ code: StorableText })),
  user: validator(Schema.Struct({ kind: PartnerKind, user: Schema.Int })),
  items: validator(Schema.Struct(items)),
  variations: validator(Schema.Struct(variations)),
  batches: validator(Schema.Struct(batches)),
  terms: validator(Schema.Struct(term)),
  partners: validator(Schema.Struct(partners)),
  locations: validator(Schema.Struct(locations)),
  arrivals: validator(Schema.Struct({ item: Schema.optional(ItemId), location: Schema.optional(LocationId) })),
  ofKit: validator(Schema.Struct({ kit: ItemId, location: Schema.optional(LocationId) })),
  promise: validator(
    Schema.Struct({
      place: Schema.Struct({
        item: ItemId,
        variation: Schema.optional(VariationId),
        batch: Schema.optional(BatchId),
        location: Schema.optional(LocationId)
      }),
      at: Whole
    })
  )
}
