import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { BooleanParam } from "../../fields/Flag.ts"
import { IntegerParam } from "../../fields/Integer.ts"
import { Text } from "../../fields/Text.ts"
import { EnvelopeAuthorization } from "../../identity/EnvelopeAuthorization.ts"
import { operation } from "../operation.ts"
import { blankableParam, IdParam } from "./fields.ts"
import { InventoryForm, InventoryPatch } from "./InventoryForms.ts"
import { Paged, pages } from "./paging.ts"
import { problems } from "./refusal.ts"
import { Deleted, data, done, made } from "./replies.ts"
import { idParam } from "./Terms.ts"
import { InventoryDetail, InventoryView } from "./views.ts"

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...pages,
    type: Schema.optionalKey(Text),
    category_id: IdParam,
    brand_id: IdParam,
    unit_id: IdParam,
    has_variations: blankableParam(BooleanParam),
    has_batches: blankableParam(BooleanParam),
    stock_status: blankableParam(Schema.Literals(["in_stock", "out_of_stock", "low_stock"])),
    low_stock_threshold: blankableParam(IntegerParam.check(Schema.isGreaterThanOrEqualTo(0))),
    search: Schema.optionalKey(Text)
  },
  success: data(Paged(InventoryView)),
  error: problems
}).annotateMerge(operation("List all inventory items", "read catalogue"))

const get = HttpApiEndpoint.get("get", "/:id", {
  ...idParam,
  success: data(InventoryDetail),
  error: problems
}).annotateMerge(operation("An inventory item with all that belongs to it", "read catalogue"))

const create = HttpApiEndpoint.post("create", "/", {
  payload: InventoryForm,
  success: made(InventoryView),
  error: problems
}).annotateMerge(operation("Create an inventory item, with variations and opening stock", "write catalogue"))

const update = HttpApiEndpoint.put("update", "/:id", {
  ...idParam,
  payload: InventoryPatch,
  success: done(InventoryView),
  error: problems
}).annotateMerge(operation("Change an inventory item", "write catalogue"))

/** `?force=true` on a DELETE writes the stock off first. */
export const forced = { query: { force: Schema.optionalKey(BooleanParam.annotate({ default: false })) } } as const

const remove = HttpApiEndpoint.delete("remove", "/:id", {
  ...idParam,
  ...forced,
  success: Deleted,
  error: problems
}).annotateMerge(operation("Delete an inventory item with its variations and batches", "write catalogue"))

/** B's inventory items. */
export const InventoriesGroup = HttpApiGroup.make("three-level-inventory.inventories")
  .add(list, get, create, update, remove)
  .middleware(EnvelopeAuthorization)
  .prefix("/api/inventories")
  .annotateMerge(OpenApi.annotations({ title: "Inventories" }))
