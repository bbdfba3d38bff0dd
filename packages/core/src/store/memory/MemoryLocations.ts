import { Clock, Effect, Result } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { DuplicateLocationName, LocationCycle, LocationInUse, UnknownReference } from "../../catalog/CatalogError.ts"
import { type Location, LocationId, transitLocation } from "../../catalog/Location.ts"
import { type Organization, OrganizationId } from "../../catalog/Organization.ts"
import { onHand } from "../../stock/Levels.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import { changedAt, isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { writing } from "./once.ts"
import { bumpItem } from "./stocked.ts"
import { type Tables, writeEvent } from "./Tables.ts"

/** Founds an organization with its locations; the first is its default. A last one is for what is on its way. */
export const foundOrganization = (
  tables: Tables,
  name: string,
  locations: readonly [string, ...Array<string>],
  now: number
): Organization => {
  const id = OrganizationId.make(tables.organizations.size + 1)
  const ids = locations.map((each) => addLocation(tables, id, { name: each }, now).id)
  const { id: transit } = addLocation(tables, id, transitLocation, now)
  const organization = { id, name, defaultLocation: ids[0] ?? LocationId.make(1), transit, createdAt: now }
  tables.organizations.set(id, organization)
  return organization
}

const addLocation = (
  tables: Tables,
  organization: OrganizationId,
  input: Parameters<CatalogDriver["insertLocation"]>[1],
  now: number
): Location => {
  const location: Location = {
    id: LocationId.make(tables.locations.size + 1),
    organization,
    name: input.name,
    place: input.place ?? null,
    description: input.description ?? null,
    kind: input.kind ?? "warehouse",
    parent: input.parent ?? null,
    sellable: input.sellable ?? true,
    active: input.active ?? true,
    createdAt: now,
    updatedAt: now
  }
  tables.locations.set(location.id, location)
  writeEvent(tables, organization, { _tag: "LocationCreated", id: location.id }, now)
  return location
}

type LocationDriver = Pick<
  CatalogDriver,
  | "insertOrganization"
  | "organization"
  | "organizations"
  | "insertLocation"
  | "updateLocation"
  | "location"
  | "locations"
>

/** Organizations and their locations in memory. */
export const memoryLocations = (tables: Tables): LocationDriver => {
  const findLocation = (organization: OrganizationId, id: LocationId) => {
    const location = tables.locations.get(id)
    return location?.organization === organization ? location : undefined
  }
  const nameTaken = (organization: OrganizationId, name: string, except: LocationId | null) =>
    Array.from(tables.locations.values()).some(
      (location) => location.organization === organization && location.name === name && location.id !== except
    )
  /** Why a location cannot be a part of another. */
  const wrongParent = (organization: OrganizationId, parent: LocationId | null | undefined, id: LocationId | null) => {
    for (let above = parent ?? null; above !== null; above = findLocation(organization, above)?.parent ?? null) {
      if (above === id) return new LocationCycle({ location: id, parent: parent ?? id })
      if (findLocation(organization, above) === undefined) return new UnknownReference({ field: "parent", id: above })
    }
    return null
  }

  return {
    insertOrganization: (name, locations) =>
      Effect.map(Clock.currentTimeMillis, (now) => foundOrganization(tables, name, locations, now)),
    organization: (id) => Effect.sync(() => tables.organizations.get(id) ?? null),
    organizations: (after, limit) =>
      Effect.sync(() =>
        Array.from(tables.organizations.values())
          .filter(({ id }) => id > after)
          .sort((one, other) => one.id - other.id)
          .slice(0, limit)
      ),
    insertLocation: (organization, input, how) =>
      writing(tables, organization, how, (now) => {
        if (nameTaken(organization, input.name, null)) {
          return Result.fail(new DuplicateLocationName({ duplicate: input.name }))
        }
        const wrong = wrongParent(organization, input.parent, null)
        return wrong === null ? Result.succeed(addLocation(tables, organization, input, now)) : Result.fail(wrong)
      }),
    updateLocation: (organization, id, patch, how) =>
      writing(tables, organization, how, (now) => {
        const location = findLocation(organization, id)
        if (location === undefined) return Result.succeed(null)
        if (isStale(location, how)) return Result.fail(new ChangedMeanwhile())
        if (patch.name !== undefined && nameTaken(organization, patch.name, id)) {
          return Result.fail(new DuplicateLocationName({ duplicate: patch.name }))
        }
        const wrong = wrongParent(organization, patch.parent, id)
        if (wrong !== null) return Result.fail(wrong)
        if (patch.active === false) {
          const units = unitsAt(tables, id)
          const tenant = tables.organizations.get(organization)
          if (units > 0 || tenant?.defaultLocation === id || tenant?.transit === id) {
            return Result.fail(new LocationInUse({ location: id, onHand: units }))
          }
        }
        const changed = { ...location, ...patch, updatedAt: changedAt(now, location) }
        tables.locations.set(id, changed)
        if (changed.active !== location.active) bumpItemsOf(tables, id)
        if (changed.sellable !== location.sellable || changed.parent !== location.parent) bumpItemsAt(tables, id)
        writeEvent(tables, organization, { _tag: "LocationUpdated", id }, now)
        return Result.succeed(changed)
      }),
    location: (organization, id) => Effect.sync(() => findLocation(organization, id) ?? null),
    locations: (filter) =>
      Effect.sync(() =>
        listed(
          Array.from(tables.locations.values()).filter(
            (location) =>
              location.organization === filter.organization &&
              (filter.ids === undefined || filter.ids.includes(location.id)) &&
              (filter.kind === undefined
                ? filter.ids !== undefined || location.kind !== "transit"
                : location.kind === filter.kind) &&
              (filter.active === undefined || location.active === filter.active) &&
              (filter.search === undefined || contains([location.name, location.place], filter.search))
          ),
          filter
        )
      )
  }
}

/** What was decided with the location as it was is not to be stored any more. */
const bumpItemsAt = (tables: Tables, location: LocationId): void => {
  for (const [item, leaves] of tables.balances) {
    const isThere = Array.from(leaves.values()).some((leaf) => isWithin(tables, leaf.location, location))
    if (isThere) bumpItem(tables, item)
  }
}

/** Likewise of items whose stock lands there. */
const bumpItemsOf = (tables: Tables, location: LocationId): void => {
  for (const { item, details } of tables.stock.values()) if (details?.home === location) bumpItem(tables, item)
}

const isWithin = (tables: Tables, location: LocationId, outer: LocationId): boolean => {
  for (let each: LocationId | null = location; each !== null; each = tables.locations.get(each)?.parent ?? null) {
    if (each === outer) return true
  }
  return false
}

const unitsAt = (tables: Tables, location: LocationId): number => {
  let units = 0
  for (const leaves of tables.balances.values()) {
    for (const leaf of leaves.values()) if (leaf.location === location) units += onHand(leaf)
  }
  return units
}
