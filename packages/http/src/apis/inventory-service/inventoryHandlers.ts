import { type Actor, Catalog, StockEngine, type StockedItem, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { BadRequest, NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { newestMovements } from "../newestMovements.ts"
import { findProduct, itemId, type ProductReference } from "../ProductReference.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { historyRow } from "./HistoryRow.ts"
import type { UpdateForm } from "./InventoryForms.ts"
import { type InventoryItem, recordAfter, recordOf } from "./InventoryItem.ts"
import { InventoryService } from "./InventoryService.ts"
import { openingCommand, updateCommand } from "./recordCommands.ts"
import { refuse } from "./refusal.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuse)

/** How often an update is begun anew because somebody else's change came between its reading and its writing. */
const ATTEMPTS = 20

export const inventoryHandlers = HttpApiBuilder.group(
  InventoryService,
  "inventory-service.inventory",
  Effect.fnUntraced(function* (handlers) {
    const engine = yield* StockEngine
    const catalog = yield* Catalog
    const queries = yield* StockQueries

    const records = (actor: Actor, query: Parameters<typeof rowsOf>[0], lowStock: boolean) =>
      Effect.map(
        catalog.items({
          organization: actor.organization,
          opened: true,
          active: true,
          lowStock,
          sort: "id_asc",
          ...rowsOf(query)
        }),
        ({ rows }) => rows.map(recordOf).filter((record) => record !== null)
      )

    /** The product with a record that a path names. */
    const recorded = ({ organization }: Actor, product: ProductReference) =>
      Effect.flatMap(findProduct(catalog, organization, product), (item) => {
        const record = recordOf(item)
        return item === null || record === null ? noRecord(product) : Effect.succeed({ item, record })
      })

    /** The item once more, for what a command's outcome does not tell. */
    const again = (item: StockedItem) =>
      Effect.map(catalog.item(item.organization, item.id), (changed) => changed ?? item)

    const update = Effect.fnUntraced(function* (actor: Actor, product: ProductReference, form: typeof UpdateForm.Type) {
      const { item, record } = yield* recorded(actor, product)
      const command = updateCommand(actor, item, form)
      const options = yield* onceUnchangedItem(item)
      if (command === null) return record
      const outcome = yield* engine.execute(command, options).pipe(
        Effect.catchTags({
          ExpectationFailed: (error) =>
            error.expected === item.available ? error : heldForOrders(form.reserved_quantity ?? 0),
          // What is reserved is reached from what was there, so the same request need not be the same command.
          IdempotencyConflict: (error) => (agrees(record, form) ? Effect.succeed(null) : error)
        })
      )
      return outcome === null ? record : recordAfter(yield* again(item), outcome)
    })

    return handlers.handleAll({
      list: listing((actor, { query }) => records(actor, query, query.low_stock_only ?? false)),
      lowStock: listing((actor, { query }) => records(actor, query, true)),
      check: listing(({ organization }, { query }) =>
        Effect.map(findProduct(catalog, organization, query.product_id), (item) =>
          item === null || !item.active
            ? { available: false as const, message: `Product with ID ${query.product_id} not found` }
            : {
                available: item.available >= query.quantity,
                current_quantity: item.available,
                requested_quantity: query.quantity,
                product_id: item.id
              }
        )
      ),
      get: reading((actor, { params }) => Effect.map(recorded(actor, params.product_id), ({ record }) => record)),
      history: reading(({ organization }, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* findProduct(catalog, organization, params.product_id)
          if (item === null) return yield* noRecord(params.product_id)
          const movements = yield* newestMovements(queries, { organization, item: item.id }, rowsOf(query))
          return movements.map(historyRow)
        })
      ),
      create: writing((actor, { payload }) =>
        Effect.gen(function* () {
          const product = payload.product_id
          const item = yield* findProduct(catalog, actor.organization, product)
          if (item === null || !item.active) return yield* noProduct(product)
          const outcome = yield* engine.execute(openingCommand(actor, item, payload), yield* once()).pipe(
            Effect.catchTags({
              AlreadyOpen: () => new BadRequest({ detail: `Inventory item for product ${product} already exists` }),
              InactiveItem: () => noProduct(product)
            })
          )
          return recordAfter(yield* again(item), outcome)
        })
      ),
      update: writing((actor, { params, payload }) =>
        update(actor, params.product_id, payload).pipe(
          Effect.retry({ while: (error) => "_tag" in error && error._tag === "ExpectationFailed", times: ATTEMPTS })
        )
      ),
      adjust: writing((actor, { payload }) =>
        Effect.gen(function* () {
          const { product_id, quantity_change, reason, reference_id } = payload
          const item = yield* itemId(catalog, actor.organization, product_id)
          const outcome = yield* engine.execute(
            {
              _tag: "Adjust",
              ...doneBy(actor),
              note: reason,
              ...(reference_id == null ? {} : { reference: String(reference_id) }),
              lines: [{ item, delta: quantity_change }]
            },
            yield* once()
          )
          const adjusted = yield* catalog.item(actor.organization, item)
          return adjusted === null ? yield* noRecord(product_id) : recordAfter(adjusted, outcome)
        })
      )
    })
  })
)

const noRecord = (product: ProductReference) => new NotFound({ detail: `Inventory for product ${product} not found` })
const noProduct = (product: ProductReference) => new BadRequest({ detail: `Product with ID ${product} not found` })

const heldForOrders = (reserved: number) =>
  new BadRequest({ detail: `Cannot lower reserved quantity to ${reserved}: more is reserved for orders` })

const agrees = (record: typeof InventoryItem.Type, form: typeof UpdateForm.Type): boolean =>
  record.available_quantity === (form.available_quantity ?? record.available_quantity) &&
  record.reserved_quantity === (form.reserved_quantity ?? record.reserved_quantity) &&
  record.reorder_threshold === (form.reorder_threshold ?? record.reorder_threshold)
