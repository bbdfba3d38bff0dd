import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { AttachedNotice, Context, PolicyPlace } from "./parts.ts"

/** What an item, or a part of it, is to be kept at: the fields that are there change, `null` takes one away. */
export interface SetPolicy extends Context, PolicyPlace {
  /** Units: at or below it an alert is raised. */
  readonly lowStockThreshold?: number | null
  /** Units: at or below it, it is to be ordered. */
  readonly reorderPoint?: number | null
  /** Units ordered at a time. */
  readonly reorderQuantity?: number | null
  /** Units to be left when an order arrives late. */
  readonly safetyStock?: number | null
  /** Units that orders fill up to. */
  readonly maximum?: number | null
  /** Days from an order to its arrival. */
  readonly leadTimeDays?: number | null
  /** An alert clears only so many units above the threshold. */
  readonly hysteresis?: number | null
  /** What the threshold is compared with; `available` when there is none. */
  readonly basis?: "available" | "availableAndExpected" | null
  /** Which stock is picked first: what expires first (`fefo`) when there is none. Of the item only. */
  readonly pickOrder?: "fefo" | "fifo" | "lifo" | "location" | "explicit" | null
  /** Locations to pick from first. Of the item only. */
  readonly pickLocations?: ReadonlyArray<number> | null
  /** Units that may wait for stock: 0 none, `null` any number. Of the item only. */
  readonly backorderLimit?: number | null
  /** Units that available may fall below zero. Of the item only. */
  readonly negativeLimit?: number
}

/** Quiet for an alert. */
export interface SnoozeAlert extends Context, PolicyPlace {
  /** Epoch milliseconds; `null` to end it now. */
  readonly until: number | null
}

/** An item's own location. */
export interface SetHome extends Context {
  readonly item: number
  /** `null` for the organization's default one. */
  readonly location: number | null
}

/** A stock record. */
export interface Open extends Context {
  readonly item: number
}

/** How costs are kept. */
export interface SetCosting extends Context {
  readonly item: number
  /** Moving average, first in first out, or not any more (`null`). */
  readonly method: "average" | "fifo" | null
  /** Locations with another method. */
  readonly locations?: ReadonlyArray<{ readonly location: number; readonly method: "average" | "fifo" }>
  /** What a unit of what is there cost, `"12.50"`; needed when there is stock. */
  readonly unitCost?: string
}

/** Whether units are known one by one. */
export interface TrackSerials extends Context {
  readonly item: number
  readonly tracked: boolean
}

/** Something to be told. */
export interface Notify extends AttachedNotice {
  /** What it is about, such as an order's number. */
  readonly reference?: string | null
}

/** Commands that say how an item's stock is kept. */
export interface ItemCommands {
  /**
   * Changes thresholds, pick order and limits of an item, or of a variation or location of it. Units, but for the
   * days. Refused with `NegativeLimitInUse`.
   */
  readonly setPolicy: (input: SetPolicy, options?: CommandOptions) => Promise<Outcome>
  /** Raises no low-stock alert until an instant. Refused with `UnknownPolicy`. */
  readonly snoozeAlert: (input: SnoozeAlert, options?: CommandOptions) => Promise<Outcome>
  /** Says where an item's stock lands when no location is named, and is picked first. Refused with `TransitLocation`. */
  readonly setHome: (input: SetHome, options?: CommandOptions) => Promise<Outcome>
  /** Opens an item's stock record before its first stock. Refused with `AlreadyOpen`. */
  readonly open: (input: Open, options?: CommandOptions) => Promise<Outcome>
  /** Says how an item's costs are kept. Refused with `UnitCostRequired`, `CostsInUse`. */
  readonly setCosting: (input: SetCosting, options?: CommandOptions) => Promise<Outcome>
  /** Has an item's units known by serial numbers, or not; only while it has no stock (`TrackingInUse`). */
  readonly trackSerials: (input: TrackSerials, options?: CommandOptions) => Promise<Outcome>
  /** Raises a notice: an event that subscribers see. It moves no stock. */
  readonly notify: (input: Notify, options?: CommandOptions) => Promise<Outcome>
}
