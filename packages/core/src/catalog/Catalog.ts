import { Context, Effect, Layer, Result } from "effect"
import { validator } from "../engine/validate.ts"
import { type ChangedMeanwhile, InvalidInput } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type {
  CatalogDriver,
  ItemFilter,
  ItemRefusal,
  Listed,
  LocationRefusal,
  StockedItem,
  UpdateOptions
} from "./CatalogDriver.ts"
import type { LocationInUse } from "./CatalogError.ts"
import { type Item, type ItemId, ItemPatch, NewItem } from "./Item.ts"
import { type Location, type LocationId, LocationPatch, NewLocation } from "./Location.ts"
import type { Organization, OrganizationId } from "./Organization.ts"

/** The catalogue: organizations, items and locations. What another organization has is `null`, as if it were not. */
export class Catalog extends Context.Service<
  Catalog,
  {
    /** Founds a tenant; the first location is its default. */
    readonly createOrganization: (
      name: string,
      locations?: readonly [string, ...Array<string>]
    ) => Effect.Effect<Organization, StoreError>
    readonly organization: (id: OrganizationId) => Effect.Effect<Organization | null, StoreError>
    readonly createItem: (
      organization: OrganizationId,
      item: typeof NewItem.Encoded
    ) => Effect.Effect<Item, InvalidInput | ItemRefusal | StoreError>
    readonly updateItem: (
      organization: OrganizationId,
      id: ItemId,
      patch: typeof ItemPatch.Encoded,
      options?: UpdateOptions
    ) => Effect.Effect<Item | null, InvalidInput | ItemRefusal | ChangedMeanwhile | StoreError>
    readonly item: (organization: OrganizationId, id: ItemId) => Effect.Effect<StockedItem | null, StoreError>
    readonly itemBySku: (organization: OrganizationId, sku: string) => Effect.Effect<StockedItem | null, StoreError>
    readonly items: (filter: ItemFilter) => Effect.Effect<Listed<StockedItem>, InvalidInput | StoreError>
    readonly createLocation: (
      organization: OrganizationId,
      location: typeof NewLocation.Encoded
    ) => Effect.Effect<Location, InvalidInput | LocationRefusal | StoreError>
    readonly updateLocation: (
      organization: OrganizationId,
      id: LocationId,
      patch: typeof LocationPatch.Encoded,
      options?: UpdateOptions
    ) => Effect.Effect<Location | null, InvalidInput | LocationRefusal | LocationInUse | ChangedMeanwhile | StoreError>
    readonly location: (organization: OrganizationId, id: LocationId) => Effect.Effect<Location | null, StoreError>
    readonly locations: (
      filter: Parameters<CatalogDriver["locations"]>[0]
    ) => Effect.Effect<Listed<Location>, InvalidInput | StoreError>
  }
>()("@stockbook/core/catalog/Catalog") {
  static readonly layer: Layer.Layer<Catalog, never, Store> = Layer.effect(
    Catalog,
    Effect.map(Store, ({ catalog }) =>
      Catalog.of({
        ...catalog,
        createOrganization: (name, locations = ["Main Warehouse", "Secondary Warehouse"]) =>
          catalog.insertOrganization(name, locations),
        createItem: (organization, input) =>
          Effect.flatMap(check(newItem(input)), (item) => catalog.insertItem(organization, item)),
        updateItem: (organization, id, input, options) =>
          Effect.flatMap(check(itemPatch(input)), (patch) => catalog.updateItem(organization, id, patch, options)),
        items: (filter) => Effect.andThen(checkList(filter), catalog.items(filter)),
        createLocation: (organization, input) =>
          Effect.flatMap(check(newLocation(input)), (location) => catalog.insertLocation(organization, location)),
        updateLocation: (organization, id, input, options) =>
          Effect.flatMap(check(locationPatch(input)), (patch) =>
            catalog.updateLocation(organization, id, patch, options)
          ),
        locations: (filter) => Effect.andThen(checkList(filter), catalog.locations(filter))
      })
    )
  )
}

const newItem = validator(NewItem)
const itemPatch = validator(ItemPatch)
const newLocation = validator(NewLocation)
const locationPatch = validator(LocationPatch)

const check = <A>(decoded: Result.Result<A, InvalidInput>): Effect.Effect<A, InvalidInput> =>
  Result.isSuccess(decoded) ? Effect.succeed(decoded.success) : Effect.fail(decoded.failure)

const checkList = ({ offset, limit }: { readonly offset: number; readonly limit: number }) => {
  const issues = []
  if (!Number.isSafeInteger(offset) || offset < 0) {
    issues.push({ path: ["offset"], message: "Expected an integer of 0 or more" })
  }
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1000) {
    issues.push({ path: ["limit"], message: "Expected an integer from 1 to 1000" })
  }
  return issues.length === 0 ? Effect.void : Effect.fail(new InvalidInput({ issues }))
}
