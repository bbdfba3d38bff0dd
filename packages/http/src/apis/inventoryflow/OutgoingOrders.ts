import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { Forbidden, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { IdParam, OrderPatch, orderQuery } from "./OrderFields.ts"
import { OutgoingOrderForm, OutgoingOrderRow, OutgoingOrderView } from "./OutgoingOrder.ts"

const one = { params: { id: IntegerParam } } as const

const create = HttpApiEndpoint.post("create", "/", {
  payload: OutgoingOrderForm,
  success: OutgoingOrderView.pipe(HttpApiSchema.status(201)),
  error: [...stockProblems, Forbidden]
}).annotateMerge(
  operation(
    "Order for a customer: admins for any, others for the customer they are; the stock leaves at once",
    "own orders"
  )
)

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...orderQuery, customer_id: Schema.optionalKey(IdParam) },
  success: Schema.Array(OutgoingOrderRow),
  error: [Forbidden, NotFound, Unavailable]
}).annotateMerge(operation("List outgoing orders", "own orders"))

const get = HttpApiEndpoint.get("get", "/:id", {
  ...one,
  success: OutgoingOrderView,
  error: [Forbidden, NotFound, Unavailable]
}).annotateMerge(operation("One of the outgoing orders", "own orders"))

const update = HttpApiEndpoint.patch("update", "/:id", {
  ...one,
  payload: OrderPatch,
  success: OutgoingOrderView,
  error: stockProblems
}).annotateMerge(operation("Complete or cancel a pending order; cancelling moves its stock back", "write orders"))

/** E's outgoing orders. A customer sees its own. */
export const OutgoingOrdersGroup = HttpApiGroup.make("inventoryflow.outgoing")
  .add(create, list, get, update)
  .middleware(Authorization)
  .prefix("/outgoing")
  .annotateMerge(OpenApi.annotations({ title: "Outgoing Order Management" }))
