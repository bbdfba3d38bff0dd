import { type Actor, Catalog, ItemId, type Location, maxPageSize, noLevels, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { paged, pageOf } from "../../fields/Page.ts"
import { periodOf } from "../../fields/Period.ts"
import { NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { itemFields, productDetail, productView } from "./Product.ts"
import { DEFAULT_SORT } from "./Products.ts"
import { refuse } from "./refusal.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuse)

export const productHandlers = HttpApiBuilder.group(
  WarehouseManagement,
  "warehouse-management.products",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const queries = yield* StockQueries

    /** The product of this id, inactive ones included. */
    const anyProduct = ({ organization }: Actor, id: number) =>
      Effect.flatMap(id > 0 ? catalog.item(organization, ItemId.make(id)) : Effect.succeed(null), (item) =>
        item === null ? missing() : Effect.succeed(item)
      )

    /** The product of this id that is not deleted. */
    const product = (actor: Actor, id: number) =>
      Effect.flatMap(anyProduct(actor, id), (item) => (item.active ? Effect.succeed(item) : missing()))

    const activeWarehouses = Effect.fnUntraced(function* ({ organization }: Actor) {
      const all: Array<Location> = []
      while (true) {
        const page = { organization, active: true, offset: all.length, limit: maxPageSize }
        const { rows, total } = yield* catalog.locations(page)
        all.push(...rows)
        if (rows.length === 0 || all.length >= total) return all
      }
    })

    return handlers.handleAll({
      list: listing(({ organization }, { query }) => {
        const page = pageOf(query)
        return Effect.map(
          catalog.items({
            organization,
            active: true,
            search: query.search === "" ? undefined : query.search,
            createdFrom: periodOf(query.created_from_date)?.from,
            createdUntil: periodOf(query.created_to_date)?.until,
            sort: query.sort_by ?? DEFAULT_SORT,
            offset: page.offset,
            limit: page.limit
          }),
          ({ rows, total }) =>
            paged(
              rows.map((item) => productView(item, item)),
              total,
              page
            )
        )
      }),
      create: writing(({ organization, user }, { payload }) =>
        Effect.gen(function* () {
          const input = { name: payload.name, sku: payload.sku, ...itemFields(payload), createdBy: user }
          return productView(yield* catalog.createItem(organization, input, yield* once()), noLevels)
        })
      ),
      get: reading((actor, { params }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          const stock = yield* queries.stock(actor.organization, item.id)
          return productDetail(item, stock, yield* activeWarehouses(actor))
        })
      ),
      update: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const revives = payload.is_active === true
          const item = yield* (revives ? anyProduct : product)(actor, params.product_id)
          const patch = {
            ...(payload.name === undefined ? {} : { name: payload.name }),
            ...(payload.sku === undefined ? {} : { sku: payload.sku }),
            ...itemFields(payload),
            ...(payload.is_active === undefined ? {} : { active: payload.is_active })
          }
          const changed = yield* catalog.updateItem(actor.organization, item.id, patch, yield* onceUnchanged(item))
          return changed === null ? yield* missing() : productView(changed, item)
        })
      ),
      delete: writing((actor, { params }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.product_id)
          yield* catalog.updateItem(actor.organization, item.id, { active: false }, yield* onceUnchanged(item))
        })
      )
    })
  })
)

const missing = () => new NotFound({ detail: "Product not found" })
