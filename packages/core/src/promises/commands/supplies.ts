import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Context, CostedLine, Lines, Place, Referenced, Target } from "./parts.ts"

/** So many units expected at a place. */
export interface ExpectedLine extends Place {
  /** Units. */
  readonly quantity: number
  /** What a unit costs unless its receipt says otherwise: an exact decimal, `"12.50"`. */
  readonly unitCost?: string
  /** When it is expected, epoch milliseconds. */
  readonly expectedAt?: number | null
}

/** Stock ordered from a supplier. */
export interface ExpectSupply extends Referenced {
  /** A partner. */
  readonly supplier?: number | null
  /** Free text, which need not be unique. */
  readonly label?: string | null
  /** How much more than expected a line may bring, in whole percent or in units; nothing when left out. */
  readonly tolerance?: { readonly percent: number } | { readonly units: number } | null
  readonly lines: Lines<ExpectedLine>
}

/** A step of an expected supply. */
export interface SupplyStep extends Context {
  readonly supply: Target
}

/** Units that came of a line. */
export interface ReceivedLine extends CostedLine {
  /** The line of the supply: 0, 1, 2 … */
  readonly line: number
}

/** What came. */
export interface ReceiveSupply extends SupplyStep {
  readonly reference?: string | null
  /** All that is still expected when left out. */
  readonly lines?: Lines<ReceivedLine>
}

/** Commands on stock expected of suppliers, which is no part of on hand before it comes. `reference` names a supply. */
export interface SupplyCommands {
  /** Expects stock of a supplier. Refused with `UnknownSupplier`, `ReferenceConflict`. */
  readonly expectSupply: (input: ExpectSupply, options?: CommandOptions) => Promise<Outcome>
  /** Expected stock comes in. Refused with `OverReceipt`, `UnknownSupplyLine`, `SupplyClosed`. */
  readonly receiveSupply: (input: ReceiveSupply, options?: CommandOptions) => Promise<Outcome>
  /** No more is expected; what came stays. Refused with `SupplyClosed`, `UnknownSupply`. */
  readonly closeSupply: (input: SupplyStep, options?: CommandOptions) => Promise<Outcome>
  /** The order is called off; what came stays. Refused with `SupplyClosed`, `UnknownSupply`. */
  readonly cancelSupply: (input: SupplyStep, options?: CommandOptions) => Promise<Outcome>
}
