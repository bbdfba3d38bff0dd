import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, Forbidden, NotFound, Unavailable } from "../../problems/Problem.ts"
import { ProductDetail, ProductForm, ProductPatch, ProductView } from "./Product.ts"

const Sort = Schema.Literals(["name_asc", "name_desc", "stock_asc", "stock_desc", "created_asc", "created_desc"])
const one = { params: { product_id: IntegerParam } } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...pageAndSize,
    search: Schema.optionalKey(Text),
    /** `created_desc` when left out. */
    sort_by: Schema.optionalKey(Sort),
    created_from_date: Schema.optionalKey(PeriodParam),
    created_to_date: Schema.optionalKey(PeriodParam)
  },
  success: pagedView(ProductView),
  error: [Forbidden, Unavailable]
}).annotate(OpenApi.Summary, "List products")

const create = HttpApiEndpoint.post("create", "/", {
  payload: ProductForm,
  success: ProductView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Forbidden, Unavailable]
}).annotate(OpenApi.Summary, "Create a product")

const get = HttpApiEndpoint.get("get", "/:product_id", {
  ...one,
  success: ProductDetail,
  error: [Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "A product, with its stock in every warehouse")

const update = HttpApiEndpoint.put("update", "/:product_id", {
  ...one,
  payload: ProductPatch,
  success: ProductView,
  error: [BadRequest, Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "Update a product")

const remove = HttpApiEndpoint.delete("delete", "/:product_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, Forbidden, NotFound, Unavailable]
}).annotate(OpenApi.Summary, "Delete a product (it keeps its history)")

/** D's products. A deleted one keeps its history and its SKU. */
export const ProductsGroup = HttpApiGroup.make("warehouse-management.products")
  .add(list, create, get, update, remove)
  .middleware(Authorization)
  .prefix("/api/v1/products")
  .annotateMerge(OpenApi.annotations({ title: "Products" }))
