import { Clock, Effect } from "effect"
import type { CatalogDriver, ItemFilter, ItemSort, Listed, StockedItem } from "../../catalog/CatalogDriver.ts"
import { DuplicateLocationName, DuplicateSku, LocationInUse } from "../../catalog/CatalogError.ts"
import { defaultLowStockThreshold, type Item, ItemId } from "../../catalog/Item.ts"
import { type Location, LocationId } from "../../catalog/Location.ts"
import { type Organization, OrganizationId } from "../../catalog/Organization.ts"
import { isDue } from "../../stock/Hold.ts"
import { onHand } from "../../stock/Levels.ts"
import { type Tables, writeEvent } from "./Tables.ts"

/** Founds an organization with its locations; the first is its default. */
export const foundOrganization = (
  tables: Tables,
  name: string,
  locations: readonly [string, ...Array<string>],
  now: number
): Organization => {
  const id = OrganizationId.make(tables.organizations.size + 1)
  const ids = locations.map((each) => addLocation(tables, id, { name: each }, now).id)
  const organization = { id, name, defaultLocation: ids[0] ?? LocationId.make(1), createdAt: now }
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
    active: input.active ?? true,
    createdAt: now,
    updatedAt: now
  }
  tables.locations.set(location.id, location)
  writeEvent(tables, organization, { _tag: "LocationCreated", id: location.id }, now)
  return location
}

/** The catalogue in memory. */
export const memoryCatalog = (tables: Tables): CatalogDriver => {
  const findItem = (organization: OrganizationId, id: ItemId) => {
    const item = tables.items.get(id)
    return item?.organization === organization ? item : undefined
  }
  const findLocation = (organization: OrganizationId, id: LocationId) => {
    const location = tables.locations.get(id)
    return location?.organization === organization ? location : undefined
  }
  const skuTaken = (organization: OrganizationId, sku: string | null | undefined, except: ItemId | null) =>
    sku !== null &&
    sku !== undefined &&
    Array.from(tables.items.values()).some(
      (item) => item.organization === organization && item.sku === sku && item.id !== except
    )
  const nameTaken = (organization: OrganizationId, name: string, except: LocationId | null) =>
    Array.from(tables.locations.values()).some(
      (location) => location.organization === organization && location.name === name && location.id !== except
    )

  return {
    insertOrganization: (name, locations) =>
      Effect.map(Clock.currentTimeMillis, (now) => foundOrganization(tables, name, locations, now)),
    organization: (id) => Effect.sync(() => tables.organizations.get(id) ?? null),
    insertItem: (organization, input) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        if (skuTaken(organization, input.sku, null)) return Effect.fail(new DuplicateSku({ sku: input.sku ?? "" }))
        const { lowStockThreshold = defaultLowStockThreshold, ...fields } = input
        const item: Item = {
          id: ItemId.make(tables.items.size + 1),
          organization,
          name: fields.name,
          sku: fields.sku ?? null,
          description: fields.description ?? null,
          unitPrice: fields.unitPrice ?? null,
          unit: fields.unit ?? null,
          category: fields.category ?? null,
          active: true,
          createdAt: now,
          updatedAt: now,
          createdBy: fields.createdBy ?? null
        }
        tables.items.set(item.id, item)
        tables.stock.set(item.id, {
          organization,
          item: item.id,
          active: true,
          version: 0,
          openedAt: null,
          lowStockThreshold,
          alert: false,
          clock: now,
          available: 0,
          reserved: 0,
          committed: 0,
          quarantined: 0
        })
        writeEvent(tables, organization, { _tag: "ItemCreated", id: item.id }, now)
        return Effect.succeed(item)
      }),
    updateItem: (organization, id, patch) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const item = findItem(organization, id)
        const stock = tables.stock.get(id)
        if (item === undefined || stock === undefined) return Effect.succeed(null)
        if (skuTaken(organization, patch.sku, id)) return Effect.fail(new DuplicateSku({ sku: patch.sku ?? "" }))
        const changed = { ...item, ...patch, updatedAt: now }
        tables.items.set(id, changed)
        tables.stock.set(id, { ...stock, active: changed.active, version: stock.version + 1 })
        writeEvent(tables, organization, { _tag: "ItemUpdated", id }, now)
        return Effect.succeed(changed)
      }),
    item: (organization, id) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const item = findItem(organization, id)
        return item === undefined ? null : stocked(tables, item, now)
      }),
    itemBySku: (organization, sku) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const item = Array.from(tables.items.values()).find(
          (each) => each.organization === organization && each.sku === sku
        )
        return item === undefined ? null : stocked(tables, item, now)
      }),
    items: (filter) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const rows = Array.from(tables.items.values(), (item) => stocked(tables, item, now)).filter((item) =>
          matchesItem(item, filter)
        )
        return listed(rows.sort(sorters[filter.sort ?? "id_asc"]), filter)
      }),
    insertLocation: (organization, input) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        nameTaken(organization, input.name, null)
          ? Effect.fail(new DuplicateLocationName({ name: input.name }))
          : Effect.succeed(addLocation(tables, organization, input, now))
      ),
    updateLocation: (organization, id, patch) =>
      Effect.flatMap(
        Clock.currentTimeMillis,
        (now): Effect.Effect<Location | null, DuplicateLocationName | LocationInUse> => {
          const location = findLocation(organization, id)
          if (location === undefined) return Effect.succeed(null)
          if (patch.name !== undefined && nameTaken(organization, patch.name, id)) {
            return Effect.fail(new DuplicateLocationName({ name: patch.name }))
          }
          if (patch.active === false) {
            const units = unitsAt(tables, id)
            if (units > 0 || tables.organizations.get(organization)?.defaultLocation === id) {
              return Effect.fail(new LocationInUse({ location: id, onHand: units }))
            }
          }
          const changed = { ...location, ...patch, updatedAt: now }
          tables.locations.set(id, changed)
          writeEvent(tables, organization, { _tag: "LocationUpdated", id }, now)
          return Effect.succeed(changed)
        }
      ),
    location: (organization, id) => Effect.sync(() => findLocation(organization, id) ?? null),
    locations: (filter) =>
      Effect.sync(() =>
        listed(
          Array.from(tables.locations.values()).filter(
            (location) =>
              location.organization === filter.organization &&
              (filter.active === undefined || location.active === filter.active) &&
              (filter.search === undefined || contains([location.name, location.place], filter.search))
          ),
          filter
        )
      )
  }
}

const unitsAt = (tables: Tables, location: LocationId): number => {
  let units = 0
  for (const leaves of tables.balances.values()) {
    for (const leaf of leaves.values()) if (leaf.location === location) units += onHand(leaf)
  }
  return units
}

const stocked = (tables: Tables, item: Item, now: number): StockedItem => {
  const stock = tables.stock.get(item.id)
  let expired = 0
  for (const id of tables.openHolds.get(item.id)?.expiring ?? []) {
    const hold = tables.holds.get(id)
    if (hold === undefined || !isDue(hold, now)) continue
    for (const line of hold.lines) if (line.item === item.id) expired += line.reserved
  }
  return {
    ...item,
    available: (stock?.available ?? 0) + expired,
    reserved: (stock?.reserved ?? 0) - expired,
    committed: stock?.committed ?? 0,
    quarantined: stock?.quarantined ?? 0,
    openedAt: stock?.openedAt ?? null,
    stockUpdatedAt: stock?.clock ?? item.createdAt,
    lowStockThreshold: stock?.lowStockThreshold ?? null
  }
}

const matchesItem = (item: StockedItem, filter: ItemFilter): boolean =>
  item.organization === filter.organization &&
  (filter.active === undefined || item.active === filter.active) &&
  (filter.opened !== true || item.openedAt !== null) &&
  (filter.lowStock !== true || (item.lowStockThreshold !== null && item.available <= item.lowStockThreshold)) &&
  (filter.createdFrom === undefined || item.createdAt >= filter.createdFrom) &&
  (filter.createdUntil === undefined || item.createdAt < filter.createdUntil) &&
  (filter.search === undefined || contains([item.name, item.sku, item.description, item.category], filter.search))

const contains = (texts: ReadonlyArray<string | null>, search: string): boolean =>
  texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()) === true)

const listed = <Row>(
  rows: ReadonlyArray<Row>,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Listed<Row> => ({ rows: rows.slice(offset, offset + limit), total: rows.length })

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const sorters: Record<ItemSort, (a: StockedItem, b: StockedItem) => number> = {
  id_asc: (a, b) => a.id - b.id,
  name_asc: (a, b) => text(a.name, b.name) || a.id - b.id,
  name_desc: (a, b) => text(b.name, a.name) || a.id - b.id,
  stock_asc: (a, b) => onHand(a) - onHand(b) || a.id - b.id,
  stock_desc: (a, b) => onHand(b) - onHand(a) || a.id - b.id,
  created_asc: (a, b) => a.createdAt - b.createdAt || a.id - b.id,
  created_desc: (a, b) => b.createdAt - a.createdAt || a.id - b.id
}
