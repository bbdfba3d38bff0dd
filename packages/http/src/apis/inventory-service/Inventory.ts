import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { BooleanParam } from "../../fields/Flag.ts"
import { IntegerParam } from "../../fields/Integer.ts"
import { skipAndLimit } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { HistoryRow } from "./HistoryRow.ts"
import { AdjustForm, CreateForm, UpdateForm } from "./InventoryForms.ts"
import { InventoryItem } from "./InventoryItem.ts"

const reading = { error: [Unavailable] } as const
const readingOne = { params: { product_id: Text }, error: [NotFound, Unavailable] } as const
const writing = { error: stockProblems } as const

const Check = Schema.Union([
  Schema.Struct({
    available: Schema.Boolean,
    current_quantity: Schema.Int,
    requested_quantity: Schema.Int,
    product_id: Schema.Int
  }),
  Schema.Struct({ available: Schema.Literal(false), message: Schema.String })
])

const list = HttpApiEndpoint.get("list", "/", {
  query: { ...skipAndLimit, low_stock_only: Schema.optionalKey(BooleanParam.annotate({ default: false })) },
  success: Schema.Array(InventoryItem),
  ...reading
}).annotateMerge(operation("List all inventory records", "read stock"))

const check = HttpApiEndpoint.get("check", "/check", {
  query: { product_id: Text, quantity: IntegerParam.check(Schema.isGreaterThan(0)) },
  success: Check,
  ...reading
}).annotateMerge(operation("Ask whether there is enough of a product", "read stock"))

const lowStock = HttpApiEndpoint.get("lowStock", "/low-stock", {
  query: skipAndLimit,
  success: Schema.Array(InventoryItem),
  ...reading
}).annotateMerge(operation("List what is at or below its reorder threshold", "read stock"))

const history = HttpApiEndpoint.get("history", "/history/:product_id", {
  query: skipAndLimit,
  success: Schema.Array(HistoryRow),
  ...readingOne
}).annotateMerge(operation("A product's history, newest first", "read stock"))

const get = HttpApiEndpoint.get("get", "/:product_id", { success: InventoryItem, ...readingOne }).annotateMerge(
  operation("A product's inventory record", "read stock")
)

const create = HttpApiEndpoint.post("create", "/", {
  payload: CreateForm,
  success: InventoryItem.pipe(HttpApiSchema.status(201)),
  ...writing
}).annotateMerge(operation("Open the inventory record of a product", "write stock"))

const update = HttpApiEndpoint.put("update", "/:product_id", {
  params: { product_id: Text },
  payload: UpdateForm,
  success: InventoryItem,
  ...writing
}).annotateMerge(operation("Change an inventory record", "write stock"))

const adjust = HttpApiEndpoint.post("adjust", "/adjust", {
  payload: AdjustForm,
  success: InventoryItem,
  ...writing
}).annotateMerge(operation("Correct what is available, with a reason", "write stock"))

/** C's inventory records: what is available and reserved of each product, and how that came to be. */
export const InventoryGroup = HttpApiGroup.make("inventory-service.inventory")
  .add(list, check, lowStock, history, get, create, update, adjust)
  .middleware(Authorization)
  .prefix("/api/v1/inventory")
  .annotateMerge(OpenApi.annotations({ title: "Inventory" }))
