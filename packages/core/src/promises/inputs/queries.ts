import { Schema } from "effect"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { OrganizationId } from "../../catalog/Organization.ts"
import { PartnerId } from "../../catalog/Partner.ts"
import { StorableText, textOf } from "../../catalog/Text.ts"
import { DocumentId, documentKinds, documentStatuses } from "../../documents/Document.ts"
import { validator } from "../../engine/validate.ts"
import { maxOffset, maxPageSize } from "../../ledger/pages.ts"
import { passages } from "../../ledger/passage.ts"
import { HoldTarget } from "../../stock/commands/parts.ts"
import { HoldId, holdStatuses } from "../../stock/Hold.ts"
import type { OpenStockbook } from "../Opened.ts"
import type { DocumentsFilter, HoldsFilter, ItemsPage, MovementsFilter } from "../Queries.ts"
import { type FieldsOf, limitTo, text, Whole, whole } from "./parts.ts"

const item = Schema.optional(ItemId)
const location = Schema.optional(LocationId)
const page = {
  after: whole,
  limit: limitTo(maxPageSize),
  offset: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: maxOffset }))),
  order: Schema.optional(Schema.Literals(["newest", "oldest"]))
}
const holds = { ...page, item, status: Schema.optional(Schema.Literals(holdStatuses)) }
const movements = {
  ...page,
  item,
  location,
  reason: text,
  reference: text,
  hold: Schema.optional(HoldId),
  from: whole,
  until: whole,
  effectiveFrom: whole,
  effectiveUntil: whole,
  search: text,
  passage: Schema.optional(Schema.Literals([...passages, "any"]))
}
const Status = Schema.Literals(documentStatuses)
const documents = {
  ...page,
  kind: Schema.optional(Schema.Literals(documentKinds)),
  status: Schema.optional(Schema.Union([Status, Schema.Array(Status)])),
  item,
  from: location,
  to: location,
  partner: Schema.optional(PartnerId),
  createdFrom: whole,
  createdUntil: whole,
  search: text
}
const items = { after: whole, limit: limitTo(maxPageSize) }
const Period = Schema.Struct({ from: Whole, until: Whole }).check(
  Schema.makeFilter(({ from, until }) =>
    until >= from ? undefined : { path: ["until"], issue: "Expected an instant that is not before the period's start" }
  )
)

const isHandler = (value: unknown): value is Parameters<OpenStockbook["subscribe"]>[1] => typeof value === "function"

holds satisfies FieldsOf<HoldsFilter>
movements satisfies FieldsOf<MovementsFilter>
documents satisfies FieldsOf<DocumentsFilter>
items satisfies FieldsOf<ItemsPage>

/** What queries are asked by, checked. */
export const checkQuery = {
  item: validator(Schema.Struct({ item: ItemId })),
  itemAt: validator(Schema.Struct({ item: ItemId, at: Whole })),
  itemMaybeAt: validator(Schema.Struct({ item: ItemId, at: whole })),
  maybeAt: validator(Schema.Struct({ at: whole })),
  serial: validator(Schema.Struct({ item: ItemId, serial: StorableText })),
  target: validator(HoldTarget),
  holds: validator(Schema.Struct(holds)),
  expiring: validator(Schema.Struct({ within: Whole, limit: limitTo(maxPageSize) })),
  movements: validator(Schema.Struct(movements)),
  documents: validator(Schema.Struct(documents)),
  document: validator(
    Schema.Union([
      Schema.Struct({ id: DocumentId }),
      Schema.Struct({ kind: Schema.Literals(documentKinds), reference: StorableText })
    ])
  ),
  count: validator(Schema.Union([Schema.Struct({ id: DocumentId }), Schema.Struct({ reference: StorableText })])),
  period: validator(Schema.Struct({ item: ItemId, period: Period })),
  statement: validator(Schema.Struct({ item: ItemId, period: Period, page: Schema.Struct(items) })),
  itemsAt: validator(Schema.Struct({ at: Whole, page: Schema.Struct(items) })),
  leavesAt: validator(Schema.Struct({ at: Whole, page: Schema.Struct({ ...items, location }) })),
  organization: validator(Schema.Struct({ organization: OrganizationId })),
  subscriber: validator(
    Schema.Struct({ name: textOf(1, 200), handle: Schema.declare(isHandler, { expected: "a function" }) })
  ),
  organizations: validator(Schema.Struct(items))
}
