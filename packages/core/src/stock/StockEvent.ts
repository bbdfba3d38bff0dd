import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { CostMethod } from "../costs/Costing.ts"
import type { NoticeData } from "../notifications/Notice.ts"
import type { BackorderChanged, BackorderFilled } from "./events/backorders.ts"
import type { CountChanged } from "./events/counts.ts"
import type { LowStockCleared, LowStockRaised, PolicyChanged } from "./events/policies.ts"
import type { SupplyChanged } from "./events/supplies.ts"
import type { TransferChanged } from "./events/transfers.ts"

/** Where an item's stock lands by default; `null` for the organization's default location. */
export interface HomeChanged {
  readonly _tag: "HomeChanged"
  readonly item: ItemId
  readonly location: LocationId | null
}

type CatalogEntity = "Item" | "Variation" | "Batch" | "Location" | "Category" | "Brand" | "Unit" | "Partner"

/** An item's costs are kept by this method from now on, or not any more. */
export interface CostingChanged {
  readonly _tag: "CostingChanged"
  readonly item: ItemId
  readonly method: CostMethod | null
}

/** An item's units are known one by one from now on, or not any more. */
export interface SerialTrackingChanged {
  readonly _tag: "SerialTrackingChanged"
  readonly item: ItemId
  readonly tracked: boolean
}

/** Something of the catalogue was made, changed, deleted or restored. */
export interface CatalogChanged {
  readonly _tag: `${CatalogEntity}${"Created" | "Updated" | "Deleted" | "Restored"}`
  readonly id: number
}

/** A reason of the organization's own was made or got another name; `null` is none, before or now. */
export interface ReasonChanged {
  readonly _tag: "ReasonChanged"
  readonly code: string
  readonly name: string | null
  readonly before: string | null
}

/** What somebody is to be told, raised by whoever uses the library: an API, or the host app. See `Notify`. */
export interface Noticed {
  readonly _tag: "Noticed"
  readonly kind: string
  /** An e-mail address, as it was when the notice was raised. */
  readonly to: string | null
  readonly reference: string | null
  readonly data: NoticeData
}

/** What happened that is no movement; movements are their own events. */
export type StockEvent =
  | LowStockRaised
  | LowStockCleared
  | PolicyChanged
  | CostingChanged
  | SerialTrackingChanged
  | CatalogChanged
  | ReasonChanged
  | Noticed
  | TransferChanged
  | HomeChanged
  | BackorderChanged
  | BackorderFilled
  | CountChanged
  | SupplyChanged

/** An event as the outbox keeps it, written in the transaction that caused it. */
export interface RecordedEvent {
  /** Unique in the store; shares the ledger's order with the movements' ids. */
  readonly id: number
  readonly organization: OrganizationId
  readonly event: StockEvent
  readonly at: number
}
