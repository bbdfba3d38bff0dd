import { type Actor, BatchId, Catalog, ItemId, StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { unreadOrMissing } from "../refusal.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { refuseStock } from "./refusal.ts"
import { stockRow, stockView } from "./Stock.ts"
import { searched } from "./searched.ts"

const reading = acting(unreadOrMissing)
const writing = acting(refuseStock)

export const stockHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.stocks",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine

    /** The batch of this id that is not deleted, with its product. */
    const entry = Effect.fnUntraced(function* ({ organization }: Actor, id: number) {
      const batch = id > 0 ? yield* catalog.batch(organization, BatchId.make(id)) : null
      const item = batch === null || !batch.active ? null : yield* catalog.item(organization, batch.item)
      return batch === null || item === null ? yield* missing() : { batch, item }
    })

    return handlers.handleAll({
      list: reading(({ organization }, { query }) =>
        Effect.flatMap(
          catalog.batches({
            organization,
            active: true,
            items: query.product_id === undefined ? undefined : [ItemId.make(query.product_id)],
            ...searched(query),
            ...rowsOf(query)
          }),
          ({ rows }) =>
            rows.length === 0
              ? Effect.fail(new NotFound({ detail: "No stock entries found" }))
              : Effect.succeed(rows.map(stockRow))
        )
      ),
      get: reading((actor, { params }) =>
        Effect.map(entry(actor, params.id), ({ batch, item }) => stockView(batch, item))
      ),
      update: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const { batch, item } = yield* entry(actor, params.id)
          yield* engine.execute(
            {
              _tag: "Set",
              ...doneBy(actor),
              item: item.id,
              batch: batch.id,
              quantity: payload.available_quantity
            },
            yield* onceUnchangedItem(item)
          )
          const changed = yield* entry(actor, params.id)
          return stockView(changed.batch, changed.item)
        })
      )
    })
  })
)

const missing = () => new NotFound({ detail: "Stock with the specified ID not found" })
