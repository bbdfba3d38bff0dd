import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Line, Lines, Place, Referenced } from "./parts.ts"

/** Available stock out of sale. */
export interface Quarantine extends Referenced {
  /** `damage`, `expiry`, `other` … or one of the organization's own; `UnknownReason` otherwise. */
  readonly reason: string
  readonly lines: Lines<Line>
}

/** Quarantined stock back on sale. */
export interface Restore extends Referenced {
  readonly lines: Lines<Line>
}

/** Stock off the books. */
export interface WriteOff extends Referenced {
  readonly reason: string
  readonly from: "available" | "quarantined"
  readonly lines: Lines<Line>
}

/** All stock at a place off the books. */
export interface WriteOffAll extends Referenced, Place {
  readonly reason: string
}

/** Units of a movement that went to a customer. */
export interface ReturnedUnits {
  /** The movement they went out by. */
  readonly movement: number
  /** Units; all that has not come back yet when left out. */
  readonly quantity?: number
  /** Where they come back to; where they went out from when left out. */
  readonly location?: number
  readonly serials?: ReadonlyArray<string>
}

/** Stock back from a customer. */
export interface Return extends Referenced {
  /** On sale again, to be looked at first, or off the books. */
  readonly disposition: "restock" | "quarantine" | "scrap"
  readonly lines: Lines<ReturnedUnits | Line>
}

/** A movement taken back. */
export interface Reverse extends Referenced {
  readonly movement: number
}

/** Commands for what went wrong, and what came back. */
export interface CorrectionCommands {
  /** Takes available stock out of sale; it stays on hand. Refused with `InsufficientStock`, `UnknownReason`. */
  readonly quarantine: (input: Quarantine, options?: CommandOptions) => Promise<Outcome>
  /** Puts quarantined stock back on sale. Refused with `InsufficientQuarantine` (`quarantined`, `requested`). */
  readonly restore: (input: Restore, options?: CommandOptions) => Promise<Outcome>
  /** Takes stock off the books as lost. Refused with `InsufficientStock`, `InsufficientQuarantine`, `UnknownReason`. */
  readonly writeOff: (input: WriteOff, options?: CommandOptions) => Promise<Outcome>
  /** Writes off all that is available or quarantined at a place. Refused with `StockHeld` when some of it is held. */
  readonly writeOffAll: (input: WriteOffAll, options?: CommandOptions) => Promise<Outcome>
  /**
   * Takes stock back from a customer. Of a movement no more comes back than went out (`ReturnExceedsSold`); also
   * refused with `NotASale`, `UnknownMovement`.
   */
  readonly return: (input: Return, options?: CommandOptions) => Promise<Outcome>
  /** Takes one movement back by another, once. Refused with `AlreadyReversed`, `NotReversible`, `InsufficientStock`. */
  readonly reverse: (input: Reverse, options?: CommandOptions) => Promise<Outcome>
}
