import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Lines, Referenced, Target, UnplacedLine } from "./parts.ts"

/** Stock asked for at another location. */
export interface RequestTransfer extends Referenced {
  readonly from: number
  readonly to: number
  readonly lines: Lines<UnplacedLine>
  /** Free text, which need not be unique. */
  readonly label?: string | null
  /** When it should arrive, epoch milliseconds. */
  readonly dueAt?: number | null
}

/** A step of a transfer. */
export interface TransferStep extends Referenced {
  readonly transfer: Target
}

/** What leaves. */
export interface DispatchTransfer extends TransferStep {
  /** All that is still there when left out. */
  readonly lines?: Lines<UnplacedLine>
}

/** What arrives. */
export interface ReceiveTransfer extends TransferStep {
  /** All but what is lost when left out; an empty list for none. */
  readonly lines?: ReadonlyArray<UnplacedLine>
  readonly lost?: Lines<UnplacedLine>
  /** What arrived beyond what was sent. */
  readonly found?: Lines<UnplacedLine & { readonly unitCost?: string }>
}

/** A transfer that does not take place. */
export interface CancelTransfer extends TransferStep {
  /** Refuses (`TransferNotPending`) when something has left already. */
  readonly pendingOnly?: boolean
}

/** Commands on transfers from one location to another. `reference` names a transfer. */
export interface TransferCommands {
  /** Asks for stock to be moved, and holds it at its source. Refused with `InsufficientStock`, `SameLocation`. */
  readonly requestTransfer: (input: RequestTransfer, options?: CommandOptions) => Promise<Outcome>
  /** Held stock leaves and is in transit. Refused with `InsufficientToDispatch`, `UnknownTransfer`, `TransferClosed`. */
  readonly dispatchTransfer: (input: DispatchTransfer, options?: CommandOptions) => Promise<Outcome>
  /** What is in transit arrives, is lost, or more is found. Refused with `InsufficientInTransit`. */
  readonly receiveTransfer: (input: ReceiveTransfer, options?: CommandOptions) => Promise<Outcome>
  /** From held to available at the destination in one step. Refused with `TransferNotPending`, `TransferClosed`. */
  readonly completeTransfer: (input: TransferStep, options?: CommandOptions) => Promise<Outcome>
  /** What has not arrived goes back. Refused with `TransferClosed`, `TransferNotPending`. */
  readonly cancelTransfer: (input: CancelTransfer, options?: CommandOptions) => Promise<Outcome>
}
