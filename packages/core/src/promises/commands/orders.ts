import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { AttachedNotice, Context, Referenced } from "./parts.ts"

/** To a customer (`outgoing`) or from a supplier (`incoming`). */
export type OrderSide = "incoming" | "outgoing"

/** An order of a partner. */
export interface PlaceOrder extends Referenced {
  readonly side: OrderSide
  readonly partner: number
  readonly item: number
  readonly batch: number
  /** The default location when left out. */
  readonly location?: number
  /** Units. */
  readonly quantity: number
  /** What a unit costs or sells for: an exact decimal, `"12.50"`. */
  readonly unitAmount: string
  /** The day it is for, epoch milliseconds; now when left out. */
  readonly date?: number
  /** Words to find it by. */
  readonly label?: string | null
  readonly notices?: ReadonlyArray<AttachedNotice>
}

/** A step of an order, named by its id, or by its side and reference. */
export interface OrderStep extends Context {
  readonly order: { readonly id: number } | { readonly side: OrderSide; readonly reference: string }
  readonly notices?: ReadonlyArray<AttachedNotice>
}

/** Commands on orders, which move the stock of one batch. */
export interface OrderCommands {
  /** Places an order and moves its stock at once. Refused with `InsufficientStock`, `ReferenceConflict`. */
  readonly placeOrder: (input: PlaceOrder, options?: CommandOptions) => Promise<Outcome>
  /** A pending order is done. It moves no stock. */
  readonly completeOrder: (input: OrderStep, options?: CommandOptions) => Promise<Outcome>
  /** Takes a pending order back, and its stock. Refused with `InsufficientStock`. */
  readonly cancelOrder: (input: OrderStep, options?: CommandOptions) => Promise<Outcome>
}
