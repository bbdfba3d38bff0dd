import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { CategoryForm, CategoryPatch, CategoryView } from "./Category.ts"
import { Deleted } from "./Deleted.ts"

const one = { params: { category_id: IntegerParam } } as const

const create = HttpApiEndpoint.post("create", "/create", {
  payload: CategoryForm,
  success: CategoryView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Create a category", "administer"))

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...skipAndLimit, search: Schema.optionalKey(Text) },
  success: Schema.Array(CategoryView),
  error: [Unavailable]
}).annotateMerge(operation("List categories", "read catalogue"))

const get = HttpApiEndpoint.get("get", "/:category_id", {
  ...one,
  success: CategoryView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A category", "read catalogue"))

const update = HttpApiEndpoint.put("update", "/:category_id", {
  ...one,
  payload: CategoryPatch,
  success: CategoryView,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Update a category", "administer"))

const remove = HttpApiEndpoint.delete("delete", "/:category_id", {
  ...one,
  success: Deleted,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Delete a category (products that have it keep it)", "administer"))

/** E's categories. */
export const CategoriesGroup = HttpApiGroup.make("inventoryflow.categories")
  .add(create, list, get, update, remove)
  .middleware(Authorization)
  .prefix("/categories")
  .annotateMerge(OpenApi.annotations({ title: "Category Management" }))
