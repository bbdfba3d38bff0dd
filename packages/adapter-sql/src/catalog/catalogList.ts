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

/** The search of a filter by itself, and what else it asks of what that finds. */
interface Parted {
  readonly search: ItemFilter
  readonly rest: ItemFilter
}

/** What both parts of a filter are told. */
const ofBoth: ReadonlySet<string> = new Set<keyof ItemFilter>(["organization", "active", "sort"])

/** The parts of a filter that searches, and asks for the stock as well; `null` of one that begins with items it names. */
export const parted = (filter: ItemFilter): Parted | null => {
  if (filter.search === undefined || filter.ids !== undefined || filter.after !== undefined) return null
  const { organization, offset, limit } = filter
  const page = { organization, offset, limit }
  const partOf = (is: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(filter).filter(([name]) => is(name)))
  return {
    search: { ...partOf((name) => ofCatalog.has(name)), ...page, sort: "id_asc" },
    rest: { ...partOf((name) => ofBoth.has(name) || !ofCatalog.has(name)), ...page }
  }
}

/** A name for the list that a page is of; `null` if what is in it, or the order, depends on more than the catalogue. */
export const catalogList = ({ offset: _, limit: __, lowStock, ...filter }: ItemFilter): string | null => {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  const isOfStock = lowStock === true || filter.sort === "stock_asc" || filter.sort === "stock_desc"
  if (isOfStock || !given.every(([name]) => ofCatalog.has(name))) return null
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)))
}
