import { type Actor, Catalog, LocationId } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { paged, pageOf } from "../../fields/Page.ts"
import { NotFound } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { refuse } from "./refusal.ts"
import { locationFields, warehouseView } from "./Warehouse.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuse)

export const warehouseHandlers = HttpApiBuilder.group(
  WarehouseManagement,
  "warehouse-management.warehouses",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog

    /** The warehouse of this id, closed ones included. Where stock is on its way is no warehouse. */
    const anyWarehouse = ({ organization }: Actor, id: number) =>
      Effect.flatMap(id > 0 ? catalog.location(organization, LocationId.make(id)) : Effect.succeed(null), (location) =>
        location === null || location.kind === "transit" ? missing() : Effect.succeed(location)
      )

    /** The warehouse of this id that is not deleted. */
    const warehouse = (actor: Actor, id: number) =>
      Effect.flatMap(anyWarehouse(actor, id), (location) => (location.active ? Effect.succeed(location) : missing()))

    return handlers.handleAll({
      list: listing(({ organization }, { query }) => {
        const page = pageOf(query)
        const search = query.search === "" ? undefined : query.search
        return Effect.map(
          catalog.locations({ organization, active: true, search, offset: page.offset, limit: page.limit }),
          ({ rows, total }) => paged(rows.map(warehouseView), total, page)
        )
      }),
      create: writing(({ organization }, { payload }) =>
        Effect.gen(function* () {
          const input = { name: payload.name, ...locationFields(payload) }
          return warehouseView(yield* catalog.createLocation(organization, input, yield* once()))
        })
      ),
      get: reading((actor, { params }) => Effect.map(warehouse(actor, params.warehouse_id), warehouseView)),
      update: writing((actor, { params, payload }) =>
        Effect.gen(function* () {
          const reopens = payload.is_active === true
          const location = yield* (reopens ? anyWarehouse : warehouse)(actor, params.warehouse_id)
          const patch = {
            ...(payload.name === undefined ? {} : { name: payload.name }),
            ...locationFields(payload),
            ...(payload.is_active === undefined ? {} : { active: payload.is_active })
          }
          const options = yield* onceUnchanged(location)
          const changed = yield* catalog.updateLocation(actor.organization, location.id, patch, options)
          return changed === null ? yield* missing() : warehouseView(changed)
        })
      ),
      delete: writing((actor, { params }) =>
        Effect.gen(function* () {
          const location = yield* warehouse(actor, params.warehouse_id)
          const options = yield* onceUnchanged(location)
          yield* catalog.updateLocation(actor.organization, location.id, { active: false }, options)
        })
      )
    })
  })
)

const missing = () => new NotFound({ detail: "Warehouse not found" })
