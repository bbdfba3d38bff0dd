import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { SupplierForm, SupplierPatch, SupplierView } from "./Supplier.ts"

const one = { params: { supplier_id: IntegerParam } } as const

const create = HttpApiEndpoint.post("create", "/", {
  payload: SupplierForm,
  success: SupplierView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Enter a supplier", "write partners"))

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...skipAndLimit, search: Schema.optionalKey(Text) },
  success: Schema.Array(SupplierView),
  error: [Unavailable]
}).annotateMerge(operation("List suppliers", "read partners"))

const get = HttpApiEndpoint.get("get", "/:supplier_id", {
  ...one,
  success: SupplierView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A supplier", "read partners"))

const update = HttpApiEndpoint.put("update", "/:supplier_id", {
  ...one,
  payload: SupplierPatch,
  success: SupplierView,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Update a supplier", "write partners"))

const remove = HttpApiEndpoint.delete("delete", "/:supplier_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Delete a supplier (its orders keep it)", "write partners"))

/** E's suppliers. */
export const SuppliersGroup = HttpApiGroup.make("inventoryflow.suppliers")
  .add(create, list, get, update, remove)
  .middleware(Authorization)
  .prefix("/suppliers")
  .annotateMerge(OpenApi.annotations({ title: "Supplier Management" }))
