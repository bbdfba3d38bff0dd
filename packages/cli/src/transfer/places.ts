import {
  type BatchId,
  Catalog,
  type ItemId,
  type LocationId,
  type OrganizationId,
  type VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fields, Refusal } from "./Row.ts"

/** Where a row's stock is, by ids. */
export interface Place {
  readonly item: ItemId
  readonly variation?: VariationId
  readonly batch?: BatchId
  readonly location?: LocationId
}

const page = 1000
/** So many names are remembered. */
const most = 20_000

/** Finds items, variations, batches and locations by the names a file has for them, and remembers those it found last. */
export const placesOf = Effect.fnUntraced(function* (organization: OrganizationId) {
  const catalog = yield* Catalog
  const items = remembering((sku: string) =>
    Effect.map(catalog.itemBySku(organization, sku), (item) => item?.id ?? null)
  )
  const locations = remembering((name: string) =>
    Effect.map(catalog.locations({ organization, search: name, offset: 0, limit: page }), ({ rows }) =>
      only(rows.filter((row) => row.name === name))
    )
  )
  const variations = remembering((name: string, item: ItemId) =>
    Effect.map(catalog.variations({ organization, items: [item], search: name, offset: 0, limit: page }), ({ rows }) =>
      only(rows.filter((row) => row.name === name || row.sku === name))
    )
  )
  const batches = remembering((name: string, item: ItemId) =>
    Effect.map(catalog.batches({ organization, items: [item], name, offset: 0, limit: page }), ({ rows }) => only(rows))
  )
  const none = Effect.succeed(undefined)

  return {
    of: Effect.fnUntraced(function* (fields: Fields) {
      const item = yield* items(String(fields["sku"]))
      if (item === null) return refused("sku", "No item has this SKU")
      const { location: at, variation: form, batch: lot } = fields
      const location = at === undefined ? yield* none : yield* locations(String(at))
      if (location === null) return refused("location", "No location has this name, or several have")
      const variation = form === undefined ? yield* none : yield* variations(String(form), item)
      if (variation === null) return refused("variation", "The item has no variation of this name")
      const batch = lot === undefined ? yield* none : yield* batches(String(lot), item)
      if (batch === null) return refused("batch", "The item has no batch of this name")
      const place: Place = {
        item,
        ...(location === undefined ? {} : { location }),
        ...(variation === undefined ? {} : { variation }),
        ...(batch === undefined ? {} : { batch })
      }
      return place
    })
  }
})

/** How rows find their places. */
export type Places = Effect.Success<ReturnType<typeof placesOf>>

const only = <Id>(rows: ReadonlyArray<{ readonly id: Id }>): Id | null =>
  rows.length === 1 ? (rows[0]?.id ?? null) : null

const refused = (field: string, reason: string): { readonly refusal: Refusal } => ({ refusal: { field, reason } })

/** What was not found is looked up again: a row before may have made it. */
const remembering = <Within extends ReadonlyArray<ItemId>, Id, E, R>(
  find: (name: string, ...within: Within) => Effect.Effect<Id | null, E, R>
) => {
  const known = new Map<string, Id>()
  return (name: string, ...within: Within): Effect.Effect<Id | null, E, R> => {
    const key = `${within.join()} ${name}`
    const id = known.get(key)
    if (id !== undefined) return Effect.succeed(id)
    return Effect.map(find(name, ...within), (found) => {
      if (found === null) return null
      if (known.size >= most) known.clear()
      known.set(key, found)
      return found
    })
  }
}
