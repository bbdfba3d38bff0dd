import { type Actor, Catalog, CategoryId } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { categoryView } from "./Category.ts"
import { deleted } from "./Deleted.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { refuseCategory } from "./refusal.ts"
import { searched } from "./searched.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuseCategory)

export const categoryHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.categories",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog

    /** The category of this id that is not deleted. */
    const category = ({ organization }: Actor, id: number, missing: () => NotFound) =>
      Effect.flatMap(
        id > 0 ? catalog.term("category", organization, CategoryId.make(id)) : Effect.succeed(null),
        (found) => (found === null || !found.active ? missing() : Effect.succeed(found))
      )

    return handlers.handleAll({
      create: writing(({ organization }, { payload }) =>
        Effect.gen(function* () {
          return categoryView(yield* catalog.createTerm("category", organization, payload, yield* once()))
        })
      ),
      list: listing(({ organization }, { query }) =>
        Effect.map(
          catalog.terms("category", { organization, active: true, ...searched(query), ...rowsOf(query) }),
          ({ rows }) => rows.map(categoryView)
        )
      ),
      get: reading((actor, { params }) => Effect.map(category(actor, params.category_id, notFound), categoryView)),
      update: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const found = yield* category(actor, params.category_id, notFound)
          const options = yield* onceUnchanged(found)
          const changed = yield* catalog.updateTerm("category", actor.organization, found.id, payload, options)
          return changed === null ? yield* notFound() : categoryView(changed)
        })
      ),
      delete: writing((actor, { params }) =>
        Effect.gen(function* () {
          const found = yield* category(actor, params.category_id, noneToDelete)
          const options = yield* onceUnchanged(found)
          const removed = yield* catalog.removeTerm("category", actor.organization, found.id, options)
          return removed === null ? yield* noneToDelete() : deleted("Category", found.id)
        })
      )
    })
  })
)

const notFound = () => new NotFound({ detail: "Category not found" })
const noneToDelete = () => new NotFound({ detail: "Category with the specified ID not found" })
