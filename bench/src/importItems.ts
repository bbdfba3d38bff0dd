import { Catalog, type OrganizationId, StockEngine } from "@stockbook/core"
import { Effect } from "effect"

/** What every eighth item is of. */
export const words = ["Steel", "Brass", "Oak", "Linen", "Glass", "Cobalt", "Amber", "Slate"]
/** What every ninth item is. */
export const things = ["bolt", "lamp", "chair", "sheet", "bottle", "drill", "frame", "shelf", "valve"]

const newItem = (n: number, items: number) => ({
  name: `${words[n % words.length]} ${things[n % things.length]} ${(n * 7919) % items}`,
  sku: `SKU-${n}`,
  barcode: `40${String(n).padStart(11, "0")}`,
  description: `A ${things[n % things.length]} of ${words[n % words.length]}, made for those who need number ${n}.`,
  unitPrice: `${n % 1000}.${String(n % 100).padStart(2, "0")}`,
  category: `Category ${n % 50}`,
  unit: "piece"
})

/** What an import took, in seconds; the two parts as their callers waited for them, `concurrency` at a time. */
export interface Imported {
  readonly organization: OrganizationId
  readonly seconds: number
  readonly catalogue: number
  readonly stock: number
}

/** How items are imported. */
interface Importing {
  /** How many writes at a time. */
  readonly concurrency?: number
  /** Into which organization; one of its own when left out. */
  readonly organization?: OrganizationId
  /** How many variations each item has. */
  readonly variations?: number
}

/** Imports items with their opening stock through the public API: a thousand to a write, a few writes at a time. */
export const importItems = Effect.fnUntraced(function* (items: number, importing: Importing = {}) {
  const { concurrency = 4, variations = 0 } = importing
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const organization = importing.organization ?? (yield* catalog.createOrganization("Bench")).id
  const sizes = Array.from({ length: variations }, (_, n) => ({ kind: "Size", name: `Size ${n}` }))
  const spent = { catalogue: 0, stock: 0 }
  const started = performance.now()
  const chunks = Array.from({ length: Math.ceil(items / 1000) }, (_, chunk) => chunk * 1000)
  yield* Effect.forEach(
    chunks,
    Effect.fnUntraced(function* (from) {
      const begun = performance.now()
      const inputs = Array.from({ length: Math.min(1000, items - from) }, (_, n) => ({
        ...newItem(from + n, items),
        ...(variations === 0 ? {} : { variations: sizes })
      }))
      const made = yield* catalog.createItems(organization, inputs)
      const between = performance.now()
      const [first, ...others] = made.map(({ id }, n) => ({ item: id, quantity: ((from + n) * 31) % 997 || 1 }))
      if (first !== undefined) {
        yield* engine.execute({ _tag: "Receive", organization, from: "adjustment", lines: [first, ...others] })
      }
      spent.catalogue += (between - begun) / 1000
      spent.stock += (performance.now() - between) / 1000
    }),
    { concurrency, discard: true }
  )
  const imported: Imported = { organization, seconds: (performance.now() - started) / 1000, ...spent }
  return imported
})
