import type { ItemFilter } from "@stockbook/core"

/** Filters by which the catalogue alone says what is found. */
const ofCatalog: ReadonlySet<string> = new Set<keyof ItemFilter>([
  "organization",
  "sort",
  "search",
  "searchIn",
  "active",
  "kind",
  "name",
  "categoryId",
  "brandId",
  "unitId",
  "hasVariations",
  "hasBatches",
  "createdFrom",
  "createdUntil"
])

/** A name for the list that a page is of; `null` if what is in it, or the order, depends on more than the catalogue. */
export const catalogList = ({ offset: _, limit: __, lowStock, ...filter }: ItemFilter): string | null => {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  const isOfStock = lowStock === true || filter.sort === "stock_asc" || filter.sort === "stock_desc"
  if (isOfStock || !given.every(([name]) => ofCatalog.has(name))) return null
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)))
}
