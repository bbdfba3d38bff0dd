import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { NotFound, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { CreatedSort } from "./StockMovements.ts"
import { TransferForm, TransferState, TransferView } from "./StockTransfer.ts"

const one = { params: { transfer_id: IntegerParam } } as const
const settling = { ...one, success: TransferView, error: stockProblems } as const

const list = HttpApiEndpoint.get("list", "/", {
  query: {
    ...pageAndSize,
    product_id: Schema.optionalKey(IntegerParam),
    from_warehouse_id: Schema.optionalKey(IntegerParam),
    to_warehouse_id: Schema.optionalKey(IntegerParam),
    status: Schema.optionalKey(TransferState),
    search: Schema.optionalKey(Text),
    sort_by: Schema.optionalKey(CreatedSort.annotate({ default: "created_desc" })),
    created_from_date: Schema.optionalKey(PeriodParam),
    created_to_date: Schema.optionalKey(PeriodParam)
  },
  success: pagedView(TransferView),
  error: [Unavailable]
}).annotateMerge(operation("List transfers", "read stock"))

const create = HttpApiEndpoint.post("create", "/", {
  payload: TransferForm,
  success: TransferView.pipe(HttpApiSchema.status(201)),
  error: stockProblems
}).annotateMerge(operation("Begin a transfer: its stock is held at the source", "write stock"))

const get = HttpApiEndpoint.get("get", "/:transfer_id", {
  ...one,
  success: TransferView,
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A transfer", "read stock"))

const complete = HttpApiEndpoint.put("complete", "/:transfer_id/complete", settling).annotateMerge(
  operation("Complete a transfer: its stock is at the destination", "write stock")
)

const cancel = HttpApiEndpoint.put("cancel", "/:transfer_id/cancel", settling).annotateMerge(
  operation("Cancel a transfer: its stock is free again at the source", "write stock")
)

/** D's transfers between warehouses. */
export const StockTransfersGroup = HttpApiGroup.make("warehouse-management.stock-transfers")
  .add(list, create, get, complete, cancel)
  .middleware(Authorization)
  .prefix("/api/v1/stock-transfers")
  .annotateMerge(OpenApi.annotations({ title: "Stock transfers" }))
