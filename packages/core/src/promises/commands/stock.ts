import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Context, CostedLine, Line, Lines, Place, Referenced, Target } from "./parts.ts"

/** Stock comes in. */
export interface Receive extends Referenced {
  /** `supplier` when left out; `adjustment` for an opening balance. */
  readonly from?: "supplier" | "customer" | "adjustment"
  readonly lines: Lines<CostedLine>
}

/** Available stock goes out. */
export interface Issue extends Referenced {
  /** `customer` when left out. */
  readonly to?: "customer" | "loss" | "adjustment"
  readonly lines: Lines<CostedLine>
}

/** So many units more or fewer at a place. */
export interface AdjustLine extends Place {
  /** Units, signed, not 0. */
  readonly delta: number
  readonly unitCost?: string
  readonly serials?: ReadonlyArray<string>
}

/** A correction of available stock. */
export interface Adjust extends Referenced {
  readonly lines: Lines<AdjustLine>
}

/** Available stock made exactly so many units. */
export interface Set extends Referenced, Place {
  /** Units, 0 or more. */
  readonly quantity: number
  /** Only if it is that now (compare-and-set); `ExpectationFailed` otherwise. */
  readonly expected?: number
}

/** Stock held for somebody. */
export interface Reserve extends Referenced {
  readonly lines: Lines<Line>
  /** All lines or none (`all`, when left out), or as much as there is (`bestEffort`; see `shortfalls`). */
  readonly mode?: "all" | "bestEffort"
  /** What is not there waits for stock, in a backorder for each line, as far as the item's policy lets it. */
  readonly backorder?: boolean
  /** Of the backorders: higher is served first, then the older; 0 when left out. */
  readonly priority?: number
  /** Milliseconds until what is not committed goes back by itself; never when left out. */
  readonly expiresIn?: number
}

/** A longer, or an unlimited, reservation. */
export interface Extend extends Context {
  readonly hold: Target
  /** Milliseconds from now; `null` for never. */
  readonly expiresIn: number | null
}

/** What becomes of a hold, or of a part of it. */
export interface Settle extends Context {
  readonly hold: Target
  /** Which part; all that is left when left out. */
  readonly lines?: Lines<Line>
}

/** Held units, and where they are to be kept instead. */
export interface ReallocatedLine extends Place {
  /** Units. */
  readonly quantity: number
  /** By the pick order when left out. */
  readonly to?: { readonly batch?: number; readonly location?: number }
}

/** Other stock for a hold. */
export interface Reallocate extends Context {
  readonly hold: Target
  /** All that is left of the hold when left out. */
  readonly lines?: Lines<ReallocatedLine>
}

/** Units given back from anonymous holds. */
export interface ReleaseAnonymous extends Context, Place {
  /** Units at most. */
  readonly quantity: number
}

/** Holds to look at, 1 to 1000. */
export interface Expire extends Context {
  readonly holds: Lines<number>
}

/** Items to look at, 1 to 1000. */
export interface ExpireBatches extends Context {
  readonly items: Lines<number>
}

/** Commands on stock and holds. Each is answered once what it did is stored. */
export interface StockCommands {
  /**
   * Receives stock, available at once. Quantities in units.
   *
   * Refused with `UnknownItem`, `UnknownLocation`, `InactiveItem`, `SerialsRequired`, `DuplicateSerial` …
   */
  readonly receive: (input: Receive, options?: CommandOptions) => Promise<Outcome>
  /**
   * Takes available stock out without reserving it first.
   *
   * Refused with `InsufficientStock` (`available`, `requested`, and where), `BatchExpired` …
   */
  readonly issue: (input: Issue, options?: CommandOptions) => Promise<Outcome>
  /** Corrects available stock by signed numbers of units. Refused with `InsufficientStock` below zero. */
  readonly adjust: (input: Adjust, options?: CommandOptions) => Promise<Outcome>
  /** Makes available stock at a place exactly `quantity` units. Refused with `ExpectationFailed`. */
  readonly set: (input: Set, options?: CommandOptions) => Promise<Outcome>
  /**
   * Holds available stock for somebody, all lines or none. `reference` (an order's number) names the hold: the same
   * request again is the same hold.
   *
   * Refused with `InsufficientStock` (`available`, `requested`, and where) or `ReferenceConflict`.
   */
  readonly reserve: (input: Reserve, options?: CommandOptions) => Promise<Outcome>
  /** Gives a reservation more time. Refused with `HoldClosed` or `NotAnExtension`. */
  readonly extend: (input: Extend, options?: CommandOptions) => Promise<Outcome>
  /** Gives held stock back. Refused with `UnknownHold`, `HoldClosed`, `InsufficientHold`. */
  readonly release: (input: Settle, options?: CommandOptions) => Promise<Outcome>
  /** Gives back up to `quantity` units of holds without a reference, the oldest first; none is a success. */
  readonly releaseAnonymous: (input: ReleaseAnonymous, options?: CommandOptions) => Promise<Outcome>
  /** Makes held stock firm (paid): it no longer expires. Refused with `UnknownHold`, `HoldClosed`, `InsufficientHold`. */
  readonly commit: (input: Settle, options?: CommandOptions) => Promise<Outcome>
  /** Ships held stock to the customer. Refused with `UnknownHold`, `HoldClosed`, `InsufficientHold`. */
  readonly fulfil: (input: Settle, options?: CommandOptions) => Promise<Outcome>
  /**
   * Moves what a hold keeps to other stock of the same item and variation, all of it or none. Refused with
   * `InsufficientStock`, `UnknownHold`, `HoldClosed`, `InsufficientHold`.
   */
  readonly reallocate: (input: Reallocate, options?: CommandOptions) => Promise<Outcome>
  /** Writes down that holds whose time is over have expired. Nothing waits for it: they block nobody. */
  readonly expire: (input: Expire, options?: CommandOptions) => Promise<Outcome>
  /** Quarantines what is available of the items' batches that are expired or recalled. Nothing waits for it. */
  readonly expireBatches: (input: ExpireBatches, options?: CommandOptions) => Promise<Outcome>
}
