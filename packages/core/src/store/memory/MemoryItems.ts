import { Clock, Effect } from "effect"
import type { CatalogDriver, ItemFilter, ItemSort, StockedItem } from "../../catalog/CatalogDriver.ts"
import { DuplicateBarcode, DuplicateSku, UnknownReference } from "../../catalog/CatalogError.ts"
import { defaultLowStockThreshold, type Item, ItemId, type NewItem } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { isDue } from "../../stock/Hold.ts"
import { onHand } from "../../stock/Levels.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import { isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { currentTerms, resolveTerms } from "./MemoryTerms.ts"
import { type Tables, writeEvent } from "./Tables.ts"

type ItemDriver = Pick<CatalogDriver, "insertItem" | "updateItem" | "item" | "itemBySku" | "items">
type Refusal = DuplicateSku | DuplicateBarcode | UnknownReference

/** Items in memory. */
export const memoryItems = (tables: Tables): ItemDriver => {
  const findItem = (organization: OrganizationId, id: ItemId) => {
    const item = tables.items.get(id)
    return item?.organization === organization ? item : undefined
  }
  const taken = (
    organization: OrganizationId,
    field: "sku" | "barcode",
    code: string | null | undefined,
    except: number
  ) =>
    code !== null &&
    code !== undefined &&
    Array.from(tables.items.values()).some(
      (item) => item.organization === organization && item[field] === code && item.id !== except
    )
  const codeTaken = (
    organization: OrganizationId,
    { sku, barcode }: Pick<NewItem, "sku" | "barcode">,
    except: number
  ) =>
    taken(organization, "sku", sku, except)
      ? new DuplicateSku({ sku: sku ?? "" })
      : taken(organization, "barcode", barcode, except)
        ? new DuplicateBarcode({ barcode: barcode ?? "" })
        : null

  return {
    insertItem: (organization, input) =>
      Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Item, Refusal> => {
        const duplicate = codeTaken(organization, input, 0)
        if (duplicate !== null) return Effect.fail(duplicate)
        const terms = resolveTerms(tables, organization, input, null, now)
        if (terms instanceof UnknownReference) return Effect.fail(terms)
        const { lowStockThreshold = defaultLowStockThreshold } = input
        const item: Item = {
          id: ItemId.make(tables.items.size + 1),
          organization,
          name: input.name,
          sku: input.sku ?? null,
          barcode: input.barcode ?? null,
          description: input.description ?? null,
          note: input.note ?? null,
          kind: input.kind ?? null,
          unitPrice: input.unitPrice ?? null,
          unitCost: input.unitCost ?? null,
          ...terms,
          hasVariations: input.hasVariations ?? false,
          hasBatches: input.hasBatches ?? false,
          isKit: false,
          active: true,
          deletedAt: null,
          createdAt: now,
          updatedAt: now,
          createdBy: input.createdBy ?? null
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
          quarantined: 0,
          negativeLimit: 0,
          details: null
        })
        writeEvent(tables, organization, { _tag: "ItemCreated", id: item.id }, now)
        return Effect.succeed(item)
      }),
    updateItem: (organization, id, patch, options) =>
      Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Item | null, Refusal | ChangedMeanwhile> => {
        const item = findItem(organization, id)
        const stock = tables.stock.get(id)
        if (item === undefined || stock === undefined) return Effect.succeed(null)
        if (isStale(item, options)) return Effect.fail(new ChangedMeanwhile())
        const duplicate = codeTaken(organization, patch, id)
        if (duplicate !== null) return Effect.fail(duplicate)
        const terms = resolveTerms(tables, organization, patch, item, now)
        if (terms instanceof UnknownReference) return Effect.fail(terms)
        const changed: Item = { ...item, ...patch, ...terms, updatedAt: Math.max(now, item.updatedAt + 1) }
        tables.items.set(id, changed)
        tables.stock.set(id, { ...stock, active: changed.active, version: tables.nextId++ })
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
      })
  }
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
    ...currentTerms(tables, item),
    available: (stock?.available ?? 0) + expired,
    reserved: (stock?.reserved ?? 0) - expired,
    committed: stock?.committed ?? 0,
    quarantined: stock?.quarantined ?? 0,
    openedAt: stock?.openedAt ?? null,
    stockUpdatedAt: stock?.clock ?? item.createdAt,
    lowStockThreshold: stock?.lowStockThreshold ?? null,
    version: stock?.version ?? 0
  }
}

const matchesItem = (item: StockedItem, filter: ItemFilter): boolean =>
  item.organization === filter.organization &&
  (filter.active === undefined || item.active === filter.active) &&
  (filter.opened !== true || item.openedAt !== null) &&
  (filter.lowStock !== true || (item.lowStockThreshold !== null && item.available <= item.lowStockThreshold)) &&
  (filter.createdFrom === undefined || item.createdAt >= filter.createdFrom) &&
  (filter.createdUntil === undefined || item.createdAt < filter.createdUntil) &&
  (filter.search === undefined ||
    contains([item.name, item.sku, item.barcode, item.description, item.category], filter.search))

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
