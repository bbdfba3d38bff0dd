import { type Actor, BatchId, Catalog, can, IdentityDriver, ItemId, StockEngine, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { outgoingOrderPlaced } from "../../notifications/orderNotices.ts"
import { BadRequest, NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { outgoingOrderRow, outgoingOrderView } from "./OutgoingOrder.ts"
import { dated, forbidden, ordersOf } from "./orders.ts"
import { partnersOf } from "./partners.ts"
import { refuseOrder } from "./refusal.ts"
import { totalOf } from "./UnitCostField.ts"

const handling = acting(refuseOrder)

export const outgoingHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.outgoing",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const users = yield* IdentityDriver
    const services = { catalog, users, engine: yield* StockEngine, queries: yield* StockQueries }
    const orders = ordersOf("outgoing", services)
    const customers = partnersOf("customer", catalog, users)

    /** Admins order for any customer, everybody else for the customer that the user is. */
    const checkOwn = Effect.fnUntraced(function* ({ organization, role, user }: Actor, customer: number) {
      if (can(role, "administer")) return
      const own = user === null ? null : yield* catalog.partnerOf(organization, "customer", user)
      if (own?.id !== customer) return yield* forbidden()
    })

    return handlers.handleAll({
      create: handling((actor, { payload }) =>
        Effect.gen(function* () {
          const { organization } = actor
          const { quantity, order_date } = payload
          yield* checkOwn(actor, payload.customer_id)
          const item = yield* catalog.item(organization, ItemId.make(payload.product_id))
          if (item === null || !item.active) return yield* new NotFound({ detail: "Product not found" })
          const partner = yield* customers.find(actor, payload.customer_id)
          const batch = yield* catalog.batch(organization, BatchId.make(payload.stock_id))
          if (batch === null || !batch.active || batch.item !== item.id) return yield* noStock()
          const unitAmount = item.unitPrice
          if (unitAmount === null) return yield* new BadRequest({ detail: "Product has no price" })
          const recipient = yield* orders.recipient(partner)
          const facts = {
            product: item.name,
            quantity,
            status: "pending",
            unitPrice: unitAmount,
            totalPrice: totalOf(unitAmount, quantity)
          }
          const placed = yield* orders.place(actor, {
            partner: partner.id,
            item: item.id,
            batch: batch.id,
            quantity,
            unitAmount,
            ...dated(order_date),
            label: [item.name, batch.name, recipient.name].filter((part) => part !== null).join("\n"),
            notices: outgoingOrderPlaced(recipient, facts)
          })
          return outgoingOrderView(placed, { item, partner })
        })
      ),
      list: handling((actor, { query }) =>
        Effect.map(orders.list(actor, query, query.customer_id), (found) => found.map(outgoingOrderRow))
      ),
      get: handling((actor, { params }) =>
        Effect.gen(function* () {
          const order = yield* orders.find(actor, params.id)
          return outgoingOrderView(order, yield* orders.partsOf(order))
        })
      ),
      update: handling((actor, { params, payload }) =>
        Effect.map(orders.close(actor, params.id, payload.status), ({ order, parts }) =>
          outgoingOrderView(order, parts)
        )
      )
    })
  })
)

const noStock = () => new NotFound({ detail: "Stock not found" })
