import {
  type Actor,
  Catalog,
  type InvalidInput,
  ItemId,
  type LocationId,
  onHand,
  StockEngine,
  type StockedItem,
  StockQueries,
  type StoreError
} from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { BadRequest } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { ledgerRows } from "../ledgerRows.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { bulkUpdating } from "./bulk.ts"
import { InventoryAdmin } from "./InventoryAdmin.ts"
import { type Beside, inventoryDetail, inventoryRow, isLow } from "./InventoryRow.ts"
import { locating } from "./locations.ts"
import { movedTogether, movementRow } from "./MovementRow.ts"
import { pageOf } from "./pages.ts"
import { noInventory, noLocation, refuse, refuseBulk } from "./refusal.ts"
import { adjustment, rowCommands, together } from "./rowCommands.ts"
import { summaryOf } from "./Summary.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuse)
const bulking = acting(refuseBulk)

export const inventoryHandlers = HttpApiBuilder.group(
  InventoryAdmin,
  "inventory-admin.inventory",
  Effect.fnUntraced(function* (handlers) {
    const engine = yield* StockEngine
    const catalog = yield* Catalog
    const queries = yield* StockQueries
    const locationsOf = yield* locating
    const bulk = yield* bulkUpdating

    const beside = Effect.fnUntraced(function* (
      { organization }: Actor,
      items: ReadonlyArray<StockedItem>
    ): Effect.fn.Return<Beside, StoreError | InvalidInput> {
      const restocked = yield* queries.lastSupplied(
        organization,
        items.map(({ id }) => id)
      )
      const ids = [...new Set(items.flatMap(({ home }) => home ?? []))]
      const { rows } =
        ids.length === 0 ? { rows: [] } : yield* catalog.locations({ organization, ids, offset: 0, limit: 1000 })
      return { restocked, locations: new Map(rows.map(({ id, name }) => [id, name])) }
    })

    /** The product of this id that is not deleted. */
    const product = ({ organization }: Actor, id: number) =>
      Effect.flatMap(id > 0 ? catalog.item(organization, ItemId.make(id)) : Effect.succeed(null), (item) =>
        item === null || !item.active ? noInventory() : Effect.succeed(item)
      )

    const rowsOf = (actor: Actor, items: ReadonlyArray<StockedItem>) =>
      Effect.map(beside(actor, items), (with_) => items.map((item) => inventoryRow(item, with_)))

    const transit = ({ organization }: Actor): Effect.Effect<LocationId, StoreError> =>
      Effect.flatMap(catalog.organization(organization), (found) =>
        found === null ? Effect.die(new Error("An actor has an organization")) : Effect.succeed(found.transit)
      )

    const movementsOf = Effect.fnUntraced(function* (
      actor: Actor,
      { id }: StockedItem,
      { offset, limit }: { readonly offset: number; readonly limit: number }
    ) {
      const filter = { organization: actor.organization, item: id }
      const found = queries.movements(filter, { order: "newest", offset, limit })
      const movements = yield* ledgerRows({ offset, limit }, "page", found, queries.countMovements(filter))
      const at = yield* transit(actor)
      return movements.map((movement) => movementRow(movement, at))
    })

    /** A location that a filter names: the default one for `MAIN`; `null` for none. */
    const locationNamed = Effect.fnUntraced(function* (actor: Actor, text: string) {
      const placed = (yield* locationsOf(actor)).named(text)
      if (placed === null) return null
      return placed.location ?? (yield* catalog.organization(actor.organization))?.defaultLocation ?? null
    })

    return handlers.handleAll({
      list: listing((actor, { query }) =>
        Effect.gen(function* () {
          const { page, limit, offset } = pageOf(query, 50)
          const keptAt = query.warehouse === undefined ? undefined : yield* locationNamed(actor, query.warehouse)
          const { rows, total } =
            keptAt === null
              ? { rows: [], total: 0 }
              : yield* catalog.items({
                  organization: actor.organization,
                  active: true,
                  lowStock: query.low_stock_only ?? false,
                  keptAt,
                  sort: "id_asc",
                  offset,
                  limit
                })
          return {
            items: yield* rowsOf(actor, rows),
            total,
            page,
            per_page: limit,
            pages: Math.ceil(total / limit)
          }
        })
      ),
      lowStock: listing((actor, { query }) => {
        const { limit, offset } = pageOf(query, 1000)
        const filter = { organization: actor.organization, active: true, lowStock: true, offset, limit }
        return Effect.flatMap(catalog.items({ ...filter, sort: "id_asc" }), ({ rows }) => rowsOf(actor, rows))
      }),
      summary: listing((actor) =>
        Effect.gen(function* () {
          const { organization } = actor
          const stock = yield* catalog.stockFigures(organization)
          const way = yield* transit(actor)
          // What has passed through leaves a row of nothing behind.
          const byLocation = stock.byLocation.filter((at) => at.location !== way || onHand(at) > 0)
          const ids = byLocation.map(({ location }) => location)
          const names = new Map<number, string>()
          for (const some of Arr.chunksOf(ids, 1000)) {
            const { rows } = yield* catalog.locations({ organization, ids: some, offset: 0, limit: 1000 })
            for (const { id, name } of rows) names.set(id, name)
          }
          const figures = yield* catalog.figures(organization)
          return summaryOf(figures, { ...stock, byLocation }, (location) => names.get(location) ?? "")
        })
      ),
      get: reading((actor, { params }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          const stock = yield* queries.stock(actor.organization, item.id)
          const latest = yield* movementsOf(actor, item, { offset: 0, limit: 20 })
          return inventoryDetail(item, yield* beside(actor, [item]), stock?.policy ?? null, latest)
        })
      ),
      movements: reading((actor, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          const at = pageOf(query, 20)
          const items = yield* movementsOf(actor, item, at)
          const total = yield* queries.countMovements({ organization: actor.organization, item: item.id })
          return { items, total, page: at.page, pages: Math.ceil(total / at.limit) }
        })
      ),
      update: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          const { warehouse_location: place = null } = payload
          const placed = place === null ? null : (yield* locationsOf(actor)).named(place)
          if (place !== null && placed === null) return yield* new BadRequest({ detail: noLocation(place) })
          const commands = rowCommands(actor, item.id, payload, placed)
          const options = yield* onceUnchangedItem(item)
          if (commands !== null) yield* engine.execute(together(actor, commands), options)
          const changed = commands === null ? item : yield* product(actor, item.id)
          return inventoryRow(changed, yield* beside(actor, [changed]))
        })
      ),
      adjust: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          const { movements } = yield* engine.execute(adjustment(actor, item.id, payload), yield* once())
          if (!Arr.isReadonlyArrayNonEmpty(movements))
            return yield* Effect.die(new Error("An adjustment moved nothing"))
          const [first, ...rest] = movements
          const movement = movedTogether([first, ...rest], yield* transit(actor))
          return {
            message: "Stock adjusted successfully",
            product_id: item.id,
            movement,
            previous_quantity: movement.previous_quantity,
            new_quantity: movement.new_quantity,
            is_low_stock: isLow(movement.new_quantity, item.lowStockThreshold)
          }
        })
      ),
      bulkUpdate: bulking((actor, { payload, query }) =>
        Effect.gen(function* () {
          const locations = yield* locationsOf(actor)
          return query.atomic === true
            ? yield* bulk.atomic(actor, payload, locations)
            : yield* bulk.each(actor, payload, locations)
        })
      )
    })
  })
)
