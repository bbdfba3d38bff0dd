import type { ItemId } from "../../catalog/Item.ts"
import type { LocationId } from "../../catalog/Location.ts"
import type { VariationId } from "../../catalog/Variation.ts"
import type { LevelPolicy, PickOrder } from "../../policies/Policy.ts"

/** The part of an item that an alert is about; of the whole item when there is none. */
interface AlertScope {
  readonly item: ItemId
  readonly variation?: VariationId
  readonly location?: LocationId
}

/**
 * What the threshold is compared with fell to it or below: raised once per crossing. `available` and `threshold` in
 * units; with the basis `availableAndExpected`, `available` has what is expected in it.
 */
export interface LowStockRaised extends AlertScope {
  readonly _tag: "LowStockRaised"
  readonly available: number
  readonly threshold: number
}

/** A raised alert ended: available rose above the threshold, by the hysteresis if there is one, or the threshold went. */
export interface LowStockCleared extends AlertScope {
  readonly _tag: "LowStockCleared"
  readonly available: number
  readonly threshold: number | null
}

/** What a policy says, whole. */
export interface PolicyState extends LevelPolicy {
  readonly lowStockThreshold: number | null
  readonly pickOrder?: PickOrder
  readonly pickLocations?: ReadonlyArray<LocationId>
  readonly backorderLimit?: number | null
  readonly negativeLimit?: number
}

/** What a policy now is, and was. */
export interface PolicyChanged extends AlertScope {
  readonly _tag: "PolicyChanged"
  readonly lowStockThreshold: number | null
  readonly before: PolicyState
  readonly after: PolicyState
}
