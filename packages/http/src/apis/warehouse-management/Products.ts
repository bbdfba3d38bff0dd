import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { ProductDetail, ProductForm, ProductPatch, ProductView } from "./Product.ts"

const Sort = Schema.Literals(["name_asc", "name_desc", "stock_asc", "stock_desc", "created_asc", "created_desc"])
/** When nothing is said. */
export const DEFAULT_SORT = "created_desc"

const one = { params: { product_id: IntegerParam } } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...pageAndSize,
    search: Schema.optionalKey(Text),
    sort_by: Schema.optionalKey(Sort.annotate({ default: DEFAULT_SORT })),
    created_from_date: Schema.optionalKey(PeriodParam),
    created_to_date: Schema.optionalKey(PeriodParam)
  },
  success: pagedView(ProductView),
  error: [Unavailable]
}).annotateMerge(operation("List products", "read catalogue"))

const create = HttpApiEndpoint.post("create", "/", {
  payload: ProductForm,
  success: ProductView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Create a product", "write catalogue"))

const get = HttpApiEndpoint.get("get", "/:product_id", {
  ...one,
  success: ProductDetail,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A product, with its stock in every warehouse", "read catalogue"))

const update = HttpApiEndpoint.put("update", "/:product_id", {
  ...one,
  payload: ProductPatch,
  success: ProductView,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Update a product", "write catalogue"))

const remove = HttpApiEndpoint.delete("delete", "/:product_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Delete a product (it keeps its history)", "write catalogue"))

/** D's products. A deleted one keeps its history and its SKU. */
export const ProductsGroup = HttpApiGroup.make("warehouse-management.products")
  .add(list, create, get, update, remove)
  .middleware(Authorization)
  .prefix("/api/v1/products")
  .annotateMerge(OpenApi.annotations({ title: "Products" }))
