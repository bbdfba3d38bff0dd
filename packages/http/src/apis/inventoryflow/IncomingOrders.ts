import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { Forbidden, NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { IncomingOrderForm, IncomingOrderRow, IncomingOrderView } from "./IncomingOrder.ts"
import { IdParam, OrderPatch, orderQuery } from "./OrderFields.ts"

const one = { params: { id: IntegerParam } } as const

const create = HttpApiEndpoint.post("create", "/", {
  payload: IncomingOrderForm,
  success: IncomingOrderView.pipe(HttpApiSchema.status(201)),
  error: [...stockProblems, Forbidden]
}).annotateMerge(operation("Order from a supplier; the stock is there at once", "administer"))

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...orderQuery, supplier_id: Schema.optionalKey(IdParam) },
  success: Schema.Array(IncomingOrderRow),
  error: [Forbidden, NotFound, Unavailable]
}).annotateMerge(operation("List incoming orders", "own orders"))

const get = HttpApiEndpoint.get("get", "/:id", {
  ...one,
  success: IncomingOrderView,
  error: [Forbidden, NotFound, Unavailable]
}).annotateMerge(operation("One of the incoming orders", "own orders"))

const update = HttpApiEndpoint.patch("update", "/:id", {
  ...one,
  payload: OrderPatch,
  success: IncomingOrderView,
  error: stockProblems
}).annotateMerge(operation("Complete or cancel a pending order; cancelling moves its stock back", "write orders"))

/** E's incoming orders. A supplier sees its own. */
export const IncomingOrdersGroup = HttpApiGroup.make("inventoryflow.incoming")
  .add(create, list, get, update)
  .middleware(Authorization)
  .prefix("/incoming")
  .annotateMerge(OpenApi.annotations({ title: "Incoming Order Management" }))
