import { type Actor, Catalog, CategoryId, type Item, ItemId } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { BadRequest } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { deleted } from "./Deleted.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { itemFields, productRow, productView } from "./Product.ts"
import { refuseProduct } from "./refusal.ts"
import { searched } from "./searched.ts"

const handling = acting(refuseProduct)

export const productHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.products",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog

    /** The product of this id that is not deleted. */
    const product = ({ organization }: Actor, id: number) =>
      Effect.flatMap(id > 0 ? catalog.item(organization, ItemId.make(id)) : Effect.succeed(null), (item) =>
        item === null || !item.active ? missing() : Effect.succeed(item)
      )

    const view = (item: Item) =>
      Effect.map(
        item.categoryId === null ? Effect.succeed(null) : catalog.term("category", item.organization, item.categoryId),
        (category) => productView(item, category)
      )

    return handlers.handleAll({
      create: handling(({ organization, user }, { payload }) =>
        Effect.gen(function* () {
          const input = { name: payload.name, ...itemFields(payload), createdBy: user }
          const item = yield* catalog.createItem(organization, input, { ...(yield* once()), uniqueName: true })
          return yield* view(item)
        })
      ),
      list: handling(({ organization }, { query }) =>
        Effect.flatMap(
          catalog.items({
            organization,
            active: true,
            categoryId: query.category_id === undefined ? undefined : CategoryId.make(query.category_id),
            sort: "id_asc",
            ...searched(query),
            ...rowsOf(query)
          }),
          ({ rows }) =>
            rows.length === 0
              ? new BadRequest({ detail: "No products found" })
              : Effect.succeed(rows.map((item) => productRow(item)))
        )
      ),
      get: handling((actor, { params }) => Effect.flatMap(product(actor, params.id), view)),
      update: handling((actor, { params, payload }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.id)
          const options = { ...(yield* onceUnchanged(item)), uniqueName: payload.name !== undefined }
          const changed = yield* catalog.updateItem(actor.organization, item.id, itemFields(payload), options)
          return changed === null ? yield* missing() : yield* view(changed)
        })
      ),
      delete: handling((actor, { params }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, params.id)
          const removed = yield* catalog.removeItem(actor.organization, item.id, yield* onceUnchanged(item))
          return removed === null ? yield* missing() : deleted("Product", item.id)
        })
      )
    })
  })
)

const missing = () => new BadRequest({ detail: "No product with the specified ID found" })
