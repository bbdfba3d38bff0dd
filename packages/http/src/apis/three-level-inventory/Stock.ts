import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { EnvelopeAuthorization } from "../../identity/EnvelopeAuthorization.ts"
import { StockFailure } from "../../problems/EnvelopeProblem.ts"
import { operation } from "../operation.ts"
import { IdParam } from "./fields.ts"
import { StockForm } from "./InventoryForms.ts"
import { problems } from "./refusal.ts"
import { data, done } from "./replies.ts"
import { idParam } from "./Terms.ts"
import { StockRecordView } from "./views.ts"

const Part = Schema.Struct({ id: Schema.Int, stock_quantity: Schema.Int })

const moved = {
  inventory: Schema.Struct({ ...Part.fields, name: Schema.String }),
  variation: Schema.NullOr(Schema.Struct({ ...Part.fields, variation_value: Schema.String })),
  batch: Schema.NullOr(Schema.Struct({ ...Part.fields, batch_name: Schema.String })),
  stock_record: StockRecordView,
  old_stock: Schema.Int,
  new_stock: Schema.Int
}

const moving = { ...idParam, payload: StockForm, error: [...problems, StockFailure] } as const

const add = HttpApiEndpoint.post("add", "/add", {
  ...moving,
  success: done(Schema.Struct({ ...moved, quantity_added: Schema.Int }))
}).annotateMerge(operation("Add stock", "write stock"))

const reduce = HttpApiEndpoint.post("reduce", "/reduce", {
  ...moving,
  success: done(Schema.Struct({ ...moved, quantity_reduced: Schema.Int }))
}).annotateMerge(operation("Reduce stock", "write stock"))

const balance = HttpApiEndpoint.get("balance", "/balance", {
  ...idParam,
  query: { variation_id: IdParam, batch_id: IdParam },
  success: data(
    Schema.Struct({
      inventory_id: Schema.Int,
      inventory_name: Schema.String,
      inventory_stock: Schema.Int,
      variation_id: Schema.optionalKey(Schema.Int),
      variation_value: Schema.optionalKey(Schema.String),
      variation_stock: Schema.optionalKey(Schema.Int),
      batch_id: Schema.optionalKey(Schema.Int),
      batch_name: Schema.optionalKey(Schema.String),
      batch_stock: Schema.optionalKey(Schema.Int),
      batch_expiry_date: Schema.optionalKey(Schema.NullOr(Schema.String))
    })
  ),
  error: problems
}).annotateMerge(operation("What is in stock of an inventory item, a variation and a batch", "read stock"))

/** B's stock of inventory items. */
export const StockGroup = HttpApiGroup.make("three-level-inventory.stock")
  .add(add, reduce, balance)
  .middleware(EnvelopeAuthorization)
  .prefix("/api/inventory/:id/stock")
  .annotateMerge(OpenApi.annotations({ title: "Stock" }))
