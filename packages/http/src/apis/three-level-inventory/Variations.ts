import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { EnvelopeAuthorization } from "../../identity/EnvelopeAuthorization.ts"
import { operation } from "../operation.ts"
import { forced } from "./Inventories.ts"
import { VariationForm, VariationPatch } from "./InventoryForms.ts"
import { widePages } from "./paging.ts"
import { problems } from "./refusal.ts"
import { Deleted, data, done, made } from "./replies.ts"
import { idParam } from "./Terms.ts"
import { VariationView } from "./views.ts"

const list = HttpApiEndpoint.get("list", "/inventory/:id", {
  ...idParam,
  query: widePages,
  success: data(Schema.Array(VariationView)),
  error: problems
}).annotateMerge(operation("List the variations of an inventory item", "read catalogue"))

const get = HttpApiEndpoint.get("get", "/:id", {
  ...idParam,
  success: data(
    Schema.Struct({ ...VariationView.fields, inventory: Schema.Struct({ id: Schema.Int, name: Schema.String }) })
  ),
  error: problems
}).annotateMerge(operation("A variation", "read catalogue"))

const create = HttpApiEndpoint.post("create", "/", {
  payload: VariationForm,
  success: made(VariationView),
  error: problems
}).annotateMerge(operation("Create a variation, with opening stock", "write catalogue"))

const update = HttpApiEndpoint.put("update", "/:id", {
  ...idParam,
  payload: VariationPatch,
  success: done(VariationView),
  error: problems
}).annotateMerge(operation("Change a variation", "write catalogue"))

const remove = HttpApiEndpoint.delete("remove", "/:id", {
  ...idParam,
  ...forced,
  success: Deleted,
  error: problems
}).annotateMerge(operation("Delete a variation", "write catalogue"))

/** B's variations of inventory items. */
export const VariationsGroup = HttpApiGroup.make("three-level-inventory.variations")
  .add(list, get, create, update, remove)
  .middleware(EnvelopeAuthorization)
  .prefix("/api/inventory-variations")
  .annotateMerge(OpenApi.annotations({ title: "Variations" }))
