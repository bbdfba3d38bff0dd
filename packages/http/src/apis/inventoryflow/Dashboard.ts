import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../../identity/Authorization.ts"
import { Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { IncomingOrderRow } from "./IncomingOrder.ts"
import { MoneyNumber } from "./MoneyNumber.ts"
import { OutgoingOrderRow } from "./OutgoingOrder.ts"

const DashboardView = Schema.Struct({
  user_overview: Schema.Struct({
    total_users: Schema.Int,
    new_users_last_30_days: Schema.Int,
    user_role_distribution: Schema.Struct({
      admin: Schema.Int,
      staff: Schema.Int,
      customer: Schema.Int,
      supplier: Schema.Int
    })
  }),
  performance_metrics: Schema.Struct({
    inventory: Schema.Struct({
      total_products: Schema.Int,
      total_categories: Schema.Int,
      total_stock_quantity: Schema.Int,
      inventory_value: MoneyNumber
    }),
    orders: Schema.Struct({
      total_incoming_orders: Schema.Int,
      total_outgoing_orders: Schema.Int,
      total_incoming_value: MoneyNumber,
      total_outgoing_value: MoneyNumber
    })
  }),
  recent_activity: Schema.Struct({
    recent_outgoing_orders: Schema.Array(OutgoingOrderRow),
    recent_incoming_orders: Schema.Array(IncomingOrderRow)
  })
}).annotate({
  description: "Stock is on hand, and valued at the products' prices; cancelled orders are counted, but have no value."
})

const dashboard = HttpApiEndpoint.get("get", "/", { success: DashboardView, error: [Unavailable] }).annotateMerge(
  operation("Users, stock and orders in figures", "read dashboard")
)

/** E's dashboard. */
export const DashboardGroup = HttpApiGroup.make("inventoryflow.dashboard")
  .add(dashboard)
  .middleware(Authorization)
  .prefix("/dashboard")
  .annotateMerge(OpenApi.annotations({ title: "Dashboard" }))
