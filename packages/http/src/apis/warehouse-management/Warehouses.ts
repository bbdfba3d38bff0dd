import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { WarehouseForm, WarehousePatch, WarehouseView } from "./Warehouse.ts"

const one = { params: { warehouse_id: IntegerParam } } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...pageAndSize, search: Schema.optionalKey(Text) },
  success: pagedView(WarehouseView),
  error: [Unavailable]
}).annotateMerge(operation("List warehouses", "read catalogue"))

const create = HttpApiEndpoint.post("create", "/", {
  payload: WarehouseForm,
  success: WarehouseView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Open a warehouse", "write catalogue"))

const get = HttpApiEndpoint.get("get", "/:warehouse_id", {
  ...one,
  success: WarehouseView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A warehouse", "read catalogue"))

const update = HttpApiEndpoint.put("update", "/:warehouse_id", {
  ...one,
  payload: WarehousePatch,
  success: WarehouseView,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Update a warehouse", "write catalogue"))

const remove = HttpApiEndpoint.delete("delete", "/:warehouse_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Close an empty warehouse", "write catalogue"))

/** D's warehouses. One that has stock, and the default one, stay. */
export const WarehousesGroup = HttpApiGroup.make("warehouse-management.warehouses")
  .add(list, create, get, update, remove)
  .middleware(Authorization)
  .prefix("/api/v1/warehouses")
  .annotateMerge(OpenApi.annotations({ title: "Warehouses" }))
