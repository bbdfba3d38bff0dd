import type { BatchId } from "../catalog/Batch.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"

/**
 * Where a unit stands at a stock key: `available`, `reserved` (soft hold, may expire), `committed` (firm, awaiting
 * shipment) or `quarantined` (damaged, recalled, under inspection). On hand is the sum of the four.
 */
export const stockStates = ["available", "reserved", "committed", "quarantined"] as const
export type StockState = (typeof stockStates)[number]

/** The accounts outside the warehouse that stock comes from and goes to. */
export const outsideAccounts = ["supplier", "customer", "adjustment", "loss"] as const
export type OutsideAccount = (typeof outsideAccounts)[number]

/** A (leaf, state) of the movement's item. */
export interface InsideAccount {
  readonly state: StockState
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly location: LocationId
}

/** Either end of a movement. */
export type Account = OutsideAccount | InsideAccount
