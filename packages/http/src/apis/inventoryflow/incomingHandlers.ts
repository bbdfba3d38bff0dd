import {
  type Actor,
  type Batch,
  Catalog,
  datedOnArrival,
  IdentityDriver,
  type Item,
  ItemId,
  printedDate,
  StockEngine,
  StockQueries
} from "@stockbook/core"
import { Clock, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { periodOf } from "../../fields/Period.ts"
import { isoTime } from "../../fields/Timestamp.ts"
import { incomingOrderPlaced } from "../../notifications/orderNotices.ts"
import { BadRequest, NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { type IncomingOrderForm, incomingOrderRow, incomingOrderView } from "./IncomingOrder.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { dated, ordersOf } from "./orders.ts"
import { partnersOf } from "./partners.ts"
import { refuseOrder } from "./refusal.ts"
import { totalOf, unitCostOf } from "./UnitCostField.ts"

const handling = acting(refuseOrder)

export const incomingHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.incoming",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const users = yield* IdentityDriver
    const services = { catalog, users, engine: yield* StockEngine, queries: yield* StockQueries }
    const orders = ordersOf("incoming", services)
    const suppliers = partnersOf("supplier", catalog, users)

    /** The product's batch of this name, or a new one; and whether it is new. */
    const batchNamed = Effect.fnUntraced(function* (
      { organization, user }: Actor,
      item: Item,
      { batch_number: name, expiry_date }: typeof IncomingOrderForm.Type
    ) {
      const date = expiry_date == null ? null : (periodOf(expiry_date)?.from ?? null)
      const known = Effect.map(
        catalog.batches({ organization, items: [item.id], name, active: true, offset: 0, limit: 1000 }),
        ({ rows }) => rows.find(({ variation }) => variation === null) ?? null
      )
      const agreed = (batch: Batch): Effect.Effect<{ readonly batch: Batch; readonly isNew: boolean }, BadRequest> =>
        date === null || printedDate(batch) === date
          ? Effect.succeed({ batch, isNew: false })
          : Effect.fail(otherExpiry(batch))
      const found = yield* known
      if (found !== null) return yield* agreed(found)
      const input = { name, ...datedOnArrival(date, yield* Clock.currentTimeMillis), createdBy: user }
      // Without a key: a request that comes again finds the batch by its name.
      return yield* catalog.createBatch(organization, item.id, input).pipe(
        Effect.flatMap((batch) => (batch === null ? noProduct() : Effect.succeed({ batch, isNew: true }))),
        // Somebody else was faster.
        Effect.catchTag(
          "DuplicateName",
          Effect.fnUntraced(function* (taken) {
            const batch = yield* known
            return batch === null ? yield* taken : yield* agreed(batch)
          })
        )
      )
    })

    return handlers.handleAll({
      create: handling((actor, { payload }) =>
        Effect.gen(function* () {
          const { organization } = actor
          const { quantity, supply_date } = payload
          const item = yield* catalog.item(organization, ItemId.make(payload.product_id))
          if (item === null || !item.active) return yield* noProduct()
          const partner = yield* suppliers.find(actor, payload.supplier_id)
          const unitAmount = unitCostOf(payload.unit_cost)
          const facts = {
            product: item.name,
            quantity,
            status: "pending",
            unitCost: unitAmount,
            totalCost: totalOf(unitAmount, quantity)
          }
          const notices = incomingOrderPlaced(yield* orders.recipient(partner), facts)
          const { batch, isNew } = yield* batchNamed(actor, item, payload)
          const order = {
            partner: partner.id,
            item: item.id,
            batch: batch.id,
            quantity,
            unitAmount,
            ...dated(supply_date),
            label: [item.name, batch.name, partner.name].filter((part) => part !== null).join("\n"),
            notices
          }
          // A refusal leaves nothing behind: a batch made for the order goes again, unless somebody else uses it by now.
          const placed = yield* orders
            .place(actor, order)
            .pipe(
              Effect.tapError(() => (isNew ? Effect.ignore(catalog.removeBatch(organization, batch.id)) : Effect.void))
            )
          return incomingOrderView(placed, { batch, item, partner })
        })
      ),
      list: handling((actor, { query }) =>
        Effect.map(orders.list(actor, query, query.supplier_id), (found) => found.map(incomingOrderRow))
      ),
      get: handling((actor, { params }) =>
        Effect.gen(function* () {
          const order = yield* orders.find(actor, params.id)
          return incomingOrderView(order, yield* orders.partsOf(order))
        })
      ),
      update: handling((actor, { params, payload }) =>
        Effect.map(orders.close(actor, params.id, payload.status), ({ order, parts }) =>
          incomingOrderView(order, parts)
        )
      )
    })
  })
)

const noProduct = () => new NotFound({ detail: "Product not found" })

const otherExpiry = (batch: Batch) => {
  const date = printedDate(batch)
  return new BadRequest({
    detail: `Batch ${batch.name} ${date === null ? "does not expire" : `expires at ${isoTime(date)}`}`
  })
}
