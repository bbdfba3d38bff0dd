import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { StockPatch, StockRow, StockView } from "./Stock.ts"

const one = { params: { id: IntegerParam } } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...skipAndLimit,
    search: Schema.optionalKey(Text),
    product_id: Schema.optionalKey(IntegerParam.check(Schema.isGreaterThan(0)))
  },
  success: Schema.Array(StockRow),
  error: [NotFound, Unavailable]
}).annotateMerge(operation("List stock entries: the batches of products", "read stock"))

const get = HttpApiEndpoint.get("get", "/:id", {
  ...one,
  success: StockView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A stock entry", "read stock"))

const update = HttpApiEndpoint.patch("update", "/:id", {
  ...one,
  payload: StockPatch,
  success: StockView,
  error: stockProblems
}).annotateMerge(operation("Set what is available of a stock entry", "administer"))

/** E's stock entries. Each is a batch of a product, with its id; its quantity is what is available of it anywhere. */
export const StocksGroup = HttpApiGroup.make("inventoryflow.stocks")
  .add(list, get, update)
  .middleware(Authorization)
  .prefix("/stocks")
  .annotateMerge(OpenApi.annotations({ title: "Stock Management" }))
