import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { Amount } from "../costs/Amount.ts"
import type { DocumentFields } from "./Document.ts"

/** `incoming` from a supplier, or `outgoing` to a customer. */
export const orderSides = ["incoming", "outgoing"] as const
export type OrderSide = (typeof orderSides)[number]
export type OrderStatus = "pending" | "completed" | "cancelled"

/** Where units of an order came to, or were taken from. */
export interface OrderPlace {
  readonly variation: VariationId | null
  readonly location: LocationId
  readonly quantity: number
}

interface OrderFields<Side extends OrderSide> extends DocumentFields<`${Side}Order`, OrderStatus> {
  readonly side: Side
  /** The supplier, or the customer. */
  readonly partner: PartnerId
  readonly item: ItemId
  readonly batch: BatchId
  readonly quantity: number
  /** What a unit costs or sells for. */
  readonly unitAmount: UnitCost
  /** Exactly quantity × `unitAmount`. */
  readonly total: Amount
  /** The day it is for, as the caller said, epoch milliseconds. */
  readonly date: number
  /** The caller's words to find it by. */
  readonly label: string | null
  readonly places: ReadonlyArray<OrderPlace>
}

export interface IncomingOrder extends OrderFields<"incoming"> {}
export interface OutgoingOrder extends OrderFields<"outgoing"> {}

/** So many units of one batch bought or sold. They move when it is placed, and back when it is cancelled. */
export type Order = IncomingOrder | OutgoingOrder
