import { Catalog, IdentityDriver, type Order, type OrganizationId, StockQueries } from "@stockbook/core"
import { Clock, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { acting } from "../acting.ts"
import { unread } from "../refusal.ts"
import { incomingOrderRow } from "./IncomingOrder.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { moneyNumber } from "./MoneyNumber.ts"
import { outgoingOrderRow } from "./OutgoingOrder.ts"

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000
const RECENT = 5

const reading = acting(unread)

export const dashboardHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.dashboard",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const users = yield* IdentityDriver
    const queries = yield* StockQueries

    const recent = (organization: OrganizationId, kind: Order["kind"]) =>
      Effect.map(queries.documents({ organization, kind }, { order: "newest", limit: RECENT }), (found) =>
        found.filter((document): document is Order => "side" in document)
      )

    return handlers.handleAll({
      get: reading(({ organization }) =>
        Effect.gen(function* () {
          const { byRole, recent: newUsers } = yield* users.userFigures(
            organization,
            (yield* Clock.currentTimeMillis) - THIRTY_DAYS
          )
          const stock = yield* catalog.figures(organization)
          const { incoming, outgoing } = yield* queries.orderTotals(organization)
          const of = (role: string) => byRole[role] ?? 0
          return {
            user_overview: {
              total_users: Object.values(byRole).reduce((sum, count) => sum + count, 0),
              new_users_last_30_days: newUsers,
              user_role_distribution: {
                admin: of("admin"),
                staff: of("staff"),
                customer: of("customer"),
                supplier: of("supplier")
              }
            },
            performance_metrics: {
              inventory: {
                total_products: stock.items,
                total_categories: stock.categories,
                total_stock_quantity: stock.onHand,
                inventory_value: moneyNumber(stock.value)
              },
              orders: {
                total_incoming_orders: incoming.orders,
                total_outgoing_orders: outgoing.orders,
                total_incoming_value: moneyNumber(incoming.value),
                total_outgoing_value: moneyNumber(outgoing.value)
              }
            },
            recent_activity: {
              recent_outgoing_orders: (yield* recent(organization, "outgoingOrder")).map(outgoingOrderRow),
              recent_incoming_orders: (yield* recent(organization, "incomingOrder")).map(incomingOrderRow)
            }
          }
        })
      )
    })
  })
)
