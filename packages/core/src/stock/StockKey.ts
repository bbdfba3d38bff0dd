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
 * picks the leaves below it; what adds stock adds without variation or batch when none is named, at the
 * organization's default location when no location is.
 */
export const selectorFields = {
  item: ItemId,
  variation: Schema.optionalKey(VariationId),
  batch: Schema.optionalKey(BatchId),
  location: Schema.optionalKey(LocationId)
}
export const Selector = Schema.Struct(selectorFields)
export type Selector = typeof Selector.Type

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

/** Whether a leaf lies under a selector of the same item. */
export const isUnder = (key: StockKey, selector: Selector): boolean =>
  (selector.location === undefined || key.location === selector.location) &&
  (selector.variation === undefined || key.variation === selector.variation) &&
  (selector.batch === undefined || key.batch === selector.batch)
