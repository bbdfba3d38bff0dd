import type { LocationId } from "../catalog/Location.ts"
import type { Costing } from "../costs/Costing.ts"
import type { ItemPolicy } from "../policies/Policy.ts"

/**
 * What an item has beside its levels, for the items that have it: kept as one value with the item's stock record, so
 * that it is locked, guarded by the item's version and written with it, and costs an item without it nothing.
 */
export interface ItemDetails {
  /** How many attached documents (waiting backorders) the item has. */
  readonly attached?: number
  /** Its units are known one by one, each by its serial number. */
  readonly serials?: true
  /** What its stock cost; absent when costs are not kept. */
  readonly costs?: Costing
  /** What its policy says beside the threshold. */
  readonly policy?: ItemPolicy
  /** Its own location in place of the organization's default one; see `SetHome`. */
  readonly home?: LocationId
  /** Units expected of suppliers; absent for none. */
  readonly expected?: number
}

/** `null` for details that say nothing. */
export const someDetails = (details: ItemDetails): ItemDetails | null =>
  Object.values(details).some((value) => value !== undefined) ? details : null
