import type { ItemId } from "../catalog/Item.ts"
import type { DocumentFields } from "./Document.ts"

/**
 * What came back of one movement: units returned by the customer, or all of it taken back by a correction. There is one
 * for each movement of which something came back, by the reference `reversalReference` gives.
 */
export interface Reversal extends DocumentFields<"reversal", "open" | "partial" | "complete"> {
  readonly item: ItemId
  /** The movement. */
  readonly movement: number
  /** Units it moved. */
  readonly quantity: number
  /** Units of them that have come back from the customer. */
  readonly returned: number
  /** The movement that took it back; `null` for none. */
  readonly corrected: number | null
}

/** The reference of a movement's reversal. */
export const reversalReference = (movement: number): string => `movement:${movement}`
