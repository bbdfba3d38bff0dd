import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, Forbidden, NotFound, Unavailable } from "../../problems/Problem.ts"
import { WarehouseForm, WarehousePatch, WarehouseView } from "./Warehouse.ts"

const one = { params: { warehouse_id: IntegerParam } } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...pageAndSize, search: Schema.optionalKey(Text) },
  success: pagedView(WarehouseView),
  error: [Forbidden, Unavailable]
}).annotate(OpenApi.Summary, "List warehouses")

const create = HttpApiEndpoint.post("create", "/", {
  payload: WarehouseForm,
  success: WarehouseView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Forbidden, Unavailable]
}).annotate(OpenApi.Summary, "Open a warehouse")

const get = HttpApiEndpoint.get("get", "/:warehouse_id", {
  ...one,
  success: WarehouseView,
  error: [Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "A warehouse")

const update = HttpApiEndpoint.put("update", "/:warehouse_id", {
  ...one,
  payload: WarehousePatch,
  success: WarehouseView,
  error: [BadRequest, Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "Update a warehouse")

const remove = HttpApiEndpoint.delete("delete", "/:warehouse_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "Close an empty warehouse")

/** D's warehouses. One that has stock, and the default one, stay. */
export const WarehousesGroup = HttpApiGroup.make("warehouse-management.warehouses")
  .add(list, create, get, update, remove)
  .middleware(Authorization)
  .prefix("/api/v1/warehouses")
  .annotateMerge(OpenApi.annotations({ title: "Warehouses" }))
