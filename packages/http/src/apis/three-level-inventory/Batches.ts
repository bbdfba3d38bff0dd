import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { EnvelopeAuthorization } from "../../identity/EnvelopeAuthorization.ts"
import { operation } from "../operation.ts"
import { forced } from "./Inventories.ts"
import { BatchForm, BatchPatchForm } from "./InventoryForms.ts"
import { widePages } from "./paging.ts"
import { problems } from "./refusal.ts"
import { Deleted, data, done, made } from "./replies.ts"
import { idParam } from "./Terms.ts"
import { BatchView } from "./views.ts"

const list = HttpApiEndpoint.get("list", "/inventory/:id", {
  ...idParam,
  query: widePages,
  success: data(Schema.Array(BatchView)),
  error: problems
}).annotateMerge(operation("List the batches of an inventory item", "read catalogue"))

const get = HttpApiEndpoint.get("get", "/:id", { ...idParam, success: data(BatchView), error: problems }).annotateMerge(
  operation("A batch", "read catalogue")
)

const create = HttpApiEndpoint.post("create", "/", {
  payload: BatchForm,
  success: made(BatchView),
  error: problems
}).annotateMerge(operation("Create a batch", "write catalogue"))

const update = HttpApiEndpoint.put("update", "/:id", {
  ...idParam,
  payload: BatchPatchForm,
  success: done(BatchView),
  error: problems
}).annotateMerge(operation("Change a batch", "write catalogue"))

const remove = HttpApiEndpoint.delete("remove", "/:id", {
  ...idParam,
  ...forced,
  success: Deleted,
  error: problems
}).annotateMerge(operation("Delete a batch", "write catalogue"))

/** B's batches of inventory items. */
export const BatchesGroup = HttpApiGroup.make("three-level-inventory.batches")
  .add(list, get, create, update, remove)
  .middleware(EnvelopeAuthorization)
  .prefix("/api/inventory-batches")
  .annotateMerge(OpenApi.annotations({ title: "Batches" }))
