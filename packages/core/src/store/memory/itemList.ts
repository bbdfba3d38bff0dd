import type { Item } from "../../catalog/Item.ts"
import type { LocationId } from "../../catalog/Location.ts"
import type { ItemFilter, ItemSort, ItemText, Listed, StockedItem } from "../../catalog/lists.ts"
import type { Money } from "../../catalog/Money.ts"
import { sumOfLeaves } from "../../ledger/levels.ts"
import { onHand } from "../../stock/Levels.ts"
import { contains, listed } from "./lists.ts"
import { currentTerms } from "./MemoryTerms.ts"
import { leavesOf } from "./stocked.ts"
import type { Tables } from "./Tables.ts"

/** An item with its stock at an instant. */
export const stockedItem = (tables: Tables, item: Item, now: number): StockedItem => {
  const stock = tables.stock.get(item.id)
  return {
    ...item,
    ...currentTerms(tables, item),
    ...sumOfLeaves(leavesOf(tables, item.id, now)).levels,
    openedAt: stock?.openedAt ?? null,
    stockUpdatedAt: stock?.clock ?? item.createdAt,
    lowStockThreshold: stock?.lowStockThreshold ?? null,
    home: stock?.details?.home ?? null,
    version: stock?.version ?? 0
  }
}

/** A page of the items that match. */
export const listItems = (tables: Tables, filter: ItemFilter, now: number): Listed<StockedItem> => {
  const rows = Array.from(tables.items.values(), (item) => stockedItem(tables, item, now)).filter(
    (item) => matchesItem(item, filter) && matchesStock(tables, item, filter)
  )
  return listed(rows.sort(sorters[filter.sort ?? "id_asc"]), filter)
}

const everywhere: ReadonlyArray<ItemText> = ["name", "sku", "barcode", "description", "category"]

const matchesItem = (item: StockedItem, filter: ItemFilter): boolean =>
  item.organization === filter.organization &&
  (filter.active === undefined || item.active === filter.active) &&
  (filter.name === undefined || item.name === filter.name) &&
  (filter.kind === undefined || item.kind === filter.kind) &&
  (filter.categoryId === undefined || item.categoryId === filter.categoryId) &&
  (filter.brandId === undefined || item.brandId === filter.brandId) &&
  (filter.unitId === undefined || item.unitId === filter.unitId) &&
  (filter.hasVariations === undefined || item.hasVariations === filter.hasVariations) &&
  (filter.hasBatches === undefined || item.hasBatches === filter.hasBatches) &&
  (filter.ids === undefined || filter.ids.includes(item.id)) &&
  (filter.after === undefined || item.id > filter.after) &&
  (filter.createdFrom === undefined || item.createdAt >= filter.createdFrom) &&
  (filter.createdUntil === undefined || item.createdAt < filter.createdUntil) &&
  (filter.search === undefined ||
    contains(
      (filter.searchIn ?? everywhere).map((text) => item[text]),
      filter.search
    ))

const matchesStock = (tables: Tables, item: StockedItem, filter: ItemFilter): boolean =>
  (filter.opened !== true || item.openedAt !== null) &&
  (filter.lowStock !== true || (item.lowStockThreshold !== null && item.available <= item.lowStockThreshold)) &&
  (filter.onHandFrom === undefined || onHand(item) >= filter.onHandFrom) &&
  (filter.onHandTo === undefined || onHand(item) <= filter.onHandTo) &&
  (filter.keptAt === undefined ||
    (item.home ?? tables.organizations.get(item.organization)?.defaultLocation) === filter.keptAt ||
    isAt(tables, item, filter.keptAt)) &&
  (filter.location === undefined || isAt(tables, item, filter.location))

const isAt = (tables: Tables, item: StockedItem, location: LocationId): boolean =>
  Array.from(tables.balances.get(item.id)?.values() ?? []).some(
    (leaf) => leaf.location === location && onHand(leaf) > 0
  )

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const cents = (price: Money | null) => (price === null ? -1 : Number(price.replace(".", "")))
const sorters: Record<ItemSort, (a: StockedItem, b: StockedItem) => number> = {
  id_asc: (a, b) => a.id - b.id,
  name_asc: (a, b) => text(a.name, b.name) || a.id - b.id,
  name_desc: (a, b) => text(b.name, a.name) || b.id - a.id,
  stock_asc: (a, b) => onHand(a) - onHand(b) || a.id - b.id,
  stock_desc: (a, b) => onHand(b) - onHand(a) || b.id - a.id,
  price_asc: (a, b) => cents(a.unitPrice) - cents(b.unitPrice) || a.id - b.id,
  price_desc: (a, b) => cents(b.unitPrice) - cents(a.unitPrice) || b.id - a.id,
  created_asc: (a, b) => a.createdAt - b.createdAt || a.id - b.id,
  created_desc: (a, b) => b.createdAt - a.createdAt || b.id - a.id
}
