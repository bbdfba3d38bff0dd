import { Schema } from "effect"
import { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"

/**
 * Which stock is picked first. `fefo`: what expires first, what never expires last (the default). `fifo`: the oldest
 * batch first; `lifo`: the youngest; what has no batch last. `location`: by location alone, the policy's `pickLocations`
 * first. `explicit`: what a line names must be one leaf. Ties, and what has no batch, go by location: the policy's
 * `pickLocations` in their order, then the organization's default location, then by id.
 */
export const PickOrder = Schema.Literals(["fefo", "fifo", "lifo", "location", "explicit"])
export type PickOrder = typeof PickOrder.Type

/** What a low-stock threshold is compared with: available stock, or what is expected of suppliers as well. */
export const PolicyBasis = Schema.Literals(["available", "availableAndExpected"])
export type PolicyBasis = typeof PolicyBasis.Type

/** What an item, or a part of it, is to be kept at. Units, but for the days. What is absent is not said. */
export interface LevelPolicy {
  /** At or below it, the item is to be ordered. */
  readonly reorderPoint?: number
  /** How much is ordered at a time. */
  readonly reorderQuantity?: number
  /** What is to be left when an order arrives late. */
  readonly safetyStock?: number
  /** Orders fill up to it. */
  readonly maximum?: number
  /** Days from an order to its arrival. */
  readonly leadTimeDays?: number
  /** An alert clears only so many units above the threshold. */
  readonly hysteresis?: number
  /** `available` when absent. */
  readonly basis?: PolicyBasis
  /** Until this instant (epoch milliseconds) no alert is raised. */
  readonly snoozedUntil?: number
}

/** A policy for a variation, a location with all in it, or both; its alert is raised and cleared on its own. */
export interface NarrowPolicy extends LevelPolicy {
  readonly variation: VariationId | null
  readonly location: LocationId | null
  readonly threshold: number | null
  /** An alert was raised and not cleared since. */
  readonly alert: boolean
}

/** An item's policy, beside its low-stock threshold and negative limit, which are kept with its stock record. */
export interface ItemPolicy extends LevelPolicy {
  readonly pickOrder?: PickOrder
  readonly pickLocations?: ReadonlyArray<LocationId>
  /** How many units may wait for stock: none when absent, `null` for any number. */
  readonly backorderLimit?: number | null
  readonly narrow?: ReadonlyArray<NarrowPolicy>
  /** The highest negative limit it ever had: so far below zero its ledger may have been. */
  readonly lowestFloor?: number
}

export const PickLocations = Schema.Array(LocationId).check(Schema.isMaxLength(100))
