import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { CustomerForm, CustomerPatch, CustomerView } from "./Customer.ts"

const one = { params: { customer_id: IntegerParam } } as const

const create = HttpApiEndpoint.post("create", "/", {
  payload: CustomerForm,
  success: CustomerView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Unavailable]
}).annotateMerge(operation("Enter a customer", "write partners"))

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...skipAndLimit, search: Schema.optionalKey(Text) },
  success: Schema.Array(CustomerView),
  error: [Unavailable]
}).annotateMerge(operation("List customers", "read partners"))

const me = HttpApiEndpoint.get("me", "/me", { success: CustomerView, error: [NotFound, Unavailable] }).annotateMerge(
  operation("The customer that the user is", "own orders")
)

const get = HttpApiEndpoint.get("get", "/:customer_id", {
  ...one,
  success: CustomerView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A customer", "read partners"))

const update = HttpApiEndpoint.put("update", "/:customer_id", {
  ...one,
  payload: CustomerPatch,
  success: CustomerView,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Update a customer", "write partners"))

const remove = HttpApiEndpoint.delete("delete", "/:customer_id", {
  ...one,
  success: HttpApiSchema.NoContent,
  error: [BadRequest, NotFound, Unavailable]
}).annotateMerge(operation("Delete a customer (its orders keep it)", "write partners"))

/** E's customers. */
export const CustomersGroup = HttpApiGroup.make("inventoryflow.customers")
  .add(create, list, me, get, update, remove)
  .middleware(Authorization)
  .prefix("/customers")
  .annotateMerge(OpenApi.annotations({ title: "Customer Management" }))
