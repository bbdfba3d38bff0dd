import type { LocationId } from "../catalog/Location.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields } from "./Document.ts"

/** What of a transfer stands at one leaf of its source: quantity = committed + inTransit + received + lost + cancelled. */
export interface TransferLine extends StockKey {
  readonly quantity: number
  /** Still at the source, firmly held. */
  readonly committed: number
  readonly inTransit: number
  readonly received: number
  readonly lost: number
  readonly cancelled: number
}

/** Stock on its way from one location to another. */
export interface Transfer extends DocumentFields<"transfer", "pending" | "inTransit" | "completed" | "cancelled"> {
  readonly from: LocationId
  readonly to: LocationId
  readonly lines: ReadonlyArray<TransferLine>
  readonly completedAt: number | null
}
