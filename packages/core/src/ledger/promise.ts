import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { Backorder } from "../documents/Backorder.ts"
import type { Balance } from "../stock/Levels.ts"
import type { Arrival } from "./Arrivals.ts"

/** A level of an item: the whole of it, or a variation, a batch, or one location. */
export interface PromiseSelector {
  readonly item: ItemId
  readonly variation?: VariationId | undefined
  readonly batch?: BatchId | undefined
  /** This very location, without what lies within it. */
  readonly location?: LocationId | undefined
}

/** What may be promised, and how it comes about. Units. */
export interface ToPromise {
  /** available + expected − promised: below zero when more is promised than there is and will be. */
  readonly units: number
  readonly available: number
  readonly expected: number
  readonly promised: number
}

/**
 * Available-to-promise at an instant: available now, plus what is to arrive by then, less what is promised already.
 * Cumulative with look-ahead, as the APICS dictionary has it ("the uncommitted portion of a company's inventory and
 * planned production"): holds and committed stock are no part of available, so what is left to take off is what waits
 * for stock, that is backorders. One that may be filled from elsewhere too is taken off whole, for it may be filled from
 * here. What has no date, or only a later one, is promised to nobody.
 */
export const availableToPromise = (given: {
  readonly selector: PromiseSelector
  readonly at: number
  readonly leaves: ReadonlyArray<Balance>
  readonly arrivals: ReadonlyArray<Arrival>
  readonly backorders: ReadonlyArray<Pick<Backorder, "item" | "variation" | "batch" | "location" | "waiting">>
}): ToPromise => {
  const { selector, at, leaves, arrivals, backorders } = given
  const available = sum(leaves.filter((leaf) => isUnder(leaf, selector)).map((leaf) => leaf.available))
  const expected = sum(
    arrivals
      .filter((arrival) => arrival.dueAt !== null && arrival.dueAt <= at && isUnder(arrival, selector))
      .map(({ quantity }) => quantity)
  )
  const promised = sum(backorders.filter((each) => mayBeUnder(each, selector)).map(({ waiting }) => waiting))
  return { units: available + expected - promised, available, expected, promised }
}

type Place = Pick<Backorder, "item" | "variation" | "batch" | "location">

const isUnder = (place: Place, { item, variation, batch, location }: PromiseSelector): boolean =>
  place.item === item &&
  (variation === undefined || place.variation === variation) &&
  (batch === undefined || place.batch === batch) &&
  (location === undefined || place.location === location)

/** Whether what is wanted at a place may be taken from under the selector. */
const mayBeUnder = (place: Place, { item, variation, batch, location }: PromiseSelector): boolean =>
  place.item === item &&
  (variation === undefined || place.variation === null || place.variation === variation) &&
  (batch === undefined || place.batch === null || place.batch === batch) &&
  (location === undefined || place.location === null || place.location === location)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, n) => all + n, 0)
