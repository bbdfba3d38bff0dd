import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields } from "./Document.ts"

/**
 * What of a transfer was taken from one leaf of its source, in units: quantity = committed + inTransit + received +
 * lost + cancelled, always. What is in transit is committed at the location of transit, under the same variation and
 * batch.
 */
export interface TransferLine extends StockKey {
  /** 0, 1, 2 … within the transfer. */
  readonly line: number
  readonly quantity: number
  /** Still at the source, firmly held. */
  readonly committed: number
  readonly inTransit: number
  readonly received: number
  readonly lost: number
  readonly cancelled: number
}

/** Units that arrived beyond what was sent. */
export interface FoundUnits {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly quantity: number
}

/** pending: nothing has left yet; inTransit: something has, and something is still to come; else it is over. */
export type TransferStatus = "pending" | "inTransit" | "completed" | "cancelled"

/** Stock on its way from one location to another. */
export interface Transfer extends DocumentFields<"transfer", TransferStatus> {
  readonly from: LocationId
  readonly to: LocationId
  /** Where its stock is while it is on its way. */
  readonly transit: LocationId
  /** Free text of the caller's, which need not be unique. */
  readonly label: string | null
  readonly lines: ReadonlyArray<TransferLine>
  readonly found: ReadonlyArray<FoundUnits>
  /** When it was completed, epoch milliseconds. */
  readonly completedAt: number | null
}

/** Whether something of it is still on its way. */
export const isOpenTransfer = ({ status }: Transfer): boolean => status === "pending" || status === "inTransit"

/** Units of a transfer in all. */
export interface TransferUnits {
  readonly pending: number
  readonly inTransit: number
  readonly received: number
  readonly lost: number
  readonly cancelled: number
  readonly found: number
}

/** The sums of a transfer's lines. */
export const transferUnits = ({ lines, found }: Pick<Transfer, "lines" | "found">): TransferUnits => {
  const sum = (part: "committed" | "inTransit" | "received" | "lost" | "cancelled") =>
    lines.reduce((units, line) => units + line[part], 0)
  return {
    pending: sum("committed"),
    inTransit: sum("inTransit"),
    received: sum("received"),
    lost: sum("lost"),
    cancelled: sum("cancelled"),
    found: found.reduce((units, { quantity }) => units + quantity, 0)
  }
}
