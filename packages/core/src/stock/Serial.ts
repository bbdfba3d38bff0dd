import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { StockState } from "./Account.ts"

/** One unit of an item, known by its serial number, which is unique among the item's. It is in one place, or out. */
export interface Serial {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly serial: string
  /** Where it stands; `null` when it is out. */
  readonly place: {
    readonly state: StockState
    readonly variation: VariationId | null
    readonly batch: BatchId | null
    readonly location: LocationId
  } | null
  /** The hold or document that keeps it. */
  readonly hold: number | null
  readonly updatedAt: number
}

/** A serial's name among those of all items. */
export const serialName = (item: ItemId, serial: string): string => `${item}/${serial}`
