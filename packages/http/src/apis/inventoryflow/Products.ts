import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { Deleted } from "./Deleted.ts"
import { ProductForm, ProductPatch, ProductRow, ProductView } from "./Product.ts"

const one = { params: { id: IntegerParam }, error: [BadRequest, Unavailable] } as const

const create = HttpApiEndpoint.post("create", "/create", {
  payload: ProductForm,
  success: ProductView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Create a product", "administer"))

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...skipAndLimit,
    search: Schema.optionalKey(Text),
    category_id: Schema.optionalKey(IntegerParam.check(Schema.isGreaterThan(0)))
  },
  success: Schema.Array(ProductRow),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("List products", "read catalogue"))

const get = HttpApiEndpoint.get("get", "/:id", { ...one, success: ProductView }).annotateMerge(
  operation("A product", "read catalogue")
)

const update = HttpApiEndpoint.put("update", "/:id", {
  ...one,
  payload: ProductPatch,
  success: ProductView
}).annotateMerge(operation("Update a product", "administer"))

const remove = HttpApiEndpoint.delete("delete", "/:id", { ...one, success: Deleted }).annotateMerge(
  operation("Delete a product that has no stock (it keeps its history)", "administer")
)

/** E's products. What is missing is a 400 here, as documented. */
export const ProductsGroup = HttpApiGroup.make("inventoryflow.products")
  .add(create, list, get, update, remove)
  .middleware(Authorization)
  .prefix("/products")
  .annotateMerge(OpenApi.annotations({ title: "Product Management" }))
