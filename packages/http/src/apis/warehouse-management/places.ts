import { type Actor, Catalog, ItemId, LocationId as Location, type LocationId, type StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BadRequest } from "../../problems/Problem.ts"

/** What a movement or transfer names, looked up before anything is asked of the engine: it must be there and active. */
export const places = Effect.gen(function* () {
  const catalog = yield* Catalog
  return {
    product: ({ organization }: Actor, id: number): Effect.Effect<ItemId, BadRequest | StoreError> =>
      Effect.flatMap(id > 0 ? catalog.item(organization, ItemId.make(id)) : Effect.succeed(null), (item) =>
        item === null || !item.active ? noProduct() : Effect.succeed(item.id)
      ),
    /** Where stock is on its way is no warehouse. */
    warehouse: ({ organization }: Actor, id: number): Effect.Effect<LocationId, BadRequest | StoreError> =>
      Effect.flatMap(id > 0 ? catalog.location(organization, Location.make(id)) : Effect.succeed(null), (location) =>
        location === null || !location.active || location.kind === "transit"
          ? noWarehouse()
          : Effect.succeed(location.id)
      ),
    transit: ({ organization }: Actor): Effect.Effect<LocationId, StoreError> =>
      Effect.flatMap(catalog.organization(organization), (found) =>
        found === null ? Effect.die(new Error("An actor has an organization")) : Effect.succeed(found.transit)
      )
  }
})

/** Whether a filter names by number what cannot be there: ids start at 1. */
export const isNoId = (id: number | undefined): boolean => id !== undefined && id < 1

export const noProduct = () => new BadRequest({ detail: "Product not found or inactive" })
export const noWarehouse = () => new BadRequest({ detail: "Warehouse not found or inactive" })
