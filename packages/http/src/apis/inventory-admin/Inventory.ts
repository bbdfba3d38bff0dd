import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { BooleanParam } from "../../fields/Flag.ts"
import { IntegerParam } from "../../fields/Integer.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { BulkRefused, BulkResult } from "./BulkResult.ts"
import { BulkUpdate, InventoryUpdate, StockAdjustment } from "./InventoryForms.ts"
import { InventoryDetail, InventoryRow } from "./InventoryRow.ts"
import { MovementRow } from "./MovementRow.ts"
import { alertPage, inventoryPage, movementPage } from "./pages.ts"
import { Summary } from "./Summary.ts"

const one = { params: { product_id: IntegerParam } } as const
const readingOne = { ...one, error: [NotFound, Unavailable] } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...inventoryPage,
    low_stock_only: Schema.optionalKey(BooleanParam.annotate({ default: false })),
    warehouse: Schema.optionalKey(Text.annotate({ description: "The name or the id of a location." }))
  },
  success: Schema.Struct({
    items: Schema.Array(InventoryRow),
    total: Schema.Int,
    page: Schema.Int,
    per_page: Schema.Int,
    pages: Schema.Int
  }),
  error: [Unavailable]
}).annotateMerge(operation("The stock of all products", "administer"))

const lowStock = HttpApiEndpoint.get("lowStock", "/alerts/low-stock", {
  query: alertPage,
  success: Schema.Array(InventoryRow),
  error: [Unavailable]
}).annotateMerge(operation("Products at or below their threshold", "administer"))

const summary = HttpApiEndpoint.get("summary", "/reports/summary", {
  success: Summary,
  error: [Unavailable]
}).annotateMerge(operation("Totals of the stock", "administer"))

const get = HttpApiEndpoint.get("get", "/:product_id", { ...readingOne, success: InventoryDetail }).annotateMerge(
  operation("The stock of a product, with its latest movements", "administer")
)

const movements = HttpApiEndpoint.get("movements", "/:product_id/movements", {
  ...readingOne,
  query: movementPage,
  success: Schema.Struct({
    items: Schema.Array(MovementRow),
    total: Schema.Int,
    page: Schema.Int,
    pages: Schema.Int
  })
}).annotateMerge(operation("A product's movements, newest first", "administer"))

const update = HttpApiEndpoint.put("update", "/:product_id", {
  ...one,
  payload: InventoryUpdate,
  success: InventoryRow,
  error: stockProblems
}).annotateMerge(operation("Change a product's stock settings", "administer"))

const adjust = HttpApiEndpoint.post("adjust", "/:product_id/adjust", {
  ...one,
  payload: StockAdjustment,
  success: Schema.Struct({
    message: Schema.String,
    product_id: Schema.Int,
    movement: MovementRow,
    previous_quantity: Schema.Int,
    new_quantity: Schema.Int,
    is_low_stock: Schema.Boolean
  }),
  error: stockProblems
}).annotateMerge(operation("Adjust a product's stock", "administer"))

const bulkUpdate = HttpApiEndpoint.post("bulkUpdate", "/bulk-update", {
  query: { atomic: Schema.optionalKey(BooleanParam.annotate({ default: false })) },
  payload: BulkUpdate,
  success: BulkResult,
  error: [BulkRefused, ...stockProblems]
}).annotateMerge(operation("Update many products, each for itself or all of them or none", "administer"))

/** A's inventory, for admins. */
export const InventoryGroup = HttpApiGroup.make("inventory-admin.inventory")
  .add(list, lowStock, summary, get, movements, update, adjust, bulkUpdate)
  .middleware(Authorization)
  .prefix("/inventory")
  .annotateMerge(OpenApi.annotations({ title: "Inventory" }))
