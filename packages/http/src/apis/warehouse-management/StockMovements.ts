import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { MovementForm, MovementType, MovementView } from "./StockMovement.ts"

/** By when it was recorded. */
export const CreatedSort = Schema.Literals(["created_asc", "created_desc"])

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...pageAndSize,
    product_id: Schema.optionalKey(IntegerParam),
    warehouse_id: Schema.optionalKey(IntegerParam),
    movement_type: Schema.optionalKey(MovementType),
    search: Schema.optionalKey(Text),
    sort_by: Schema.optionalKey(CreatedSort.annotate({ default: "created_desc" })),
    created_from_date: Schema.optionalKey(PeriodParam),
    created_to_date: Schema.optionalKey(PeriodParam)
  },
  success: pagedView(MovementView),
  error: [Unavailable]
}).annotateMerge(operation("List what came into warehouses and went out of them", "read stock"))

const record = HttpApiEndpoint.post("record", "/", {
  payload: MovementForm,
  success: MovementView.pipe(HttpApiSchema.status(201)),
  error: stockProblems
}).annotateMerge(operation("Record what came in or went out", "write stock"))

/** D's stock movements: of the ledger, what changed the stock on hand of a warehouse. */
export const StockMovementsGroup = HttpApiGroup.make("warehouse-management.stock-movements")
  .add(list, record)
  .middleware(Authorization)
  .prefix("/api/v1/stock-movements")
  .annotateMerge(OpenApi.annotations({ title: "Stock movements" }))
