import { Schema } from "effect"
import { BatchId } from "../catalog/Batch.ts"
import { ItemId } from "../catalog/Item.ts"
import { LocationId } from "../catalog/Location.ts"
import { VariationId } from "../catalog/Variation.ts"

/** The leaf where stock lives: item + variation? + batch? + location. */
export interface StockKey {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly location: LocationId
}

/**
 * A place at some level: an item, narrowed to a variation, a batch or a location by naming them. What takes stock
 * picks the leaves below it, a location covering all within it; what adds stock adds at the named location itself, or
 * at the organization's default location when none is named, without variation or batch when none is named. A batch of
 * a variation stands for its variation too.
 */
export const selectorFields = {
  item: ItemId,
  variation: Schema.optionalKey(VariationId),
  batch: Schema.optionalKey(BatchId),
  location: Schema.optionalKey(LocationId)
}
export const Selector = Schema.Struct(selectorFields)
export type Selector = typeof Selector.Type

/** By location, variation and batch, none before any: an order that is the same in every store. */
export const byKey = (a: StockKey, b: StockKey): number =>
  a.location - b.location || (a.variation ?? 0) - (b.variation ?? 0) || (a.batch ?? 0) - (b.batch ?? 0)

/** The most specific thing a selector names; errors say at which level stock was short. */
export type SelectorLevel = "item" | "variation" | "batch" | "location"

export const selectorLevel = (selector: Selector): SelectorLevel =>
  selector.batch !== undefined
    ? "batch"
    : selector.variation !== undefined
      ? "variation"
      : selector.location !== undefined
        ? "location"
        : "item"

/** What each location is a part of; one that is not there is a part of nothing known. */
export interface Places {
  readonly get: (location: LocationId) => { readonly parent: LocationId | null } | undefined
}

/** Whether a location is another, or within it at any remove. */
export const isWithin = (location: LocationId, outer: LocationId, places: Places): boolean => {
  for (let at: LocationId | null = location; at !== null; at = places.get(at)?.parent ?? null) {
    if (at === outer) return true
  }
  return false
}

/** Whether a leaf lies under a selector of the same item; a selector's location covers all locations within it. */
export const isUnder = (key: StockKey, selector: Selector, places: Places): boolean =>
  (selector.variation === undefined || key.variation === selector.variation) &&
  (selector.batch === undefined || key.batch === selector.batch) &&
  (selector.location === undefined || isWithin(key.location, selector.location, places))
