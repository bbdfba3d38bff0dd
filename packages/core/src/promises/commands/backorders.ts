import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Context } from "./parts.ts"

/** A step of a backorder, which a reservation with `backorder` makes. */
interface BackorderStep extends Context {
  readonly backorder: { readonly id: number }
}

/** Units that wait no longer. */
export interface CancelBackorder extends BackorderStep {
  /** Units; all that still wait when left out. */
  readonly quantity?: number
}

/** Another place in the queue. */
export interface PrioritizeBackorder extends BackorderStep {
  /** Higher is served first; ties by age. */
  readonly priority: number
}

/** Commands on units that wait for stock. */
export interface BackorderCommands {
  /** Waits no longer for units. Refused with `UnknownBackorder`, `BackorderClosed`, `InsufficientBackorder`. */
  readonly cancelBackorder: (input: CancelBackorder, options?: CommandOptions) => Promise<Outcome>
  /** Moves a backorder in its queue. Refused with `UnknownBackorder`, `BackorderClosed`. */
  readonly prioritizeBackorder: (input: PrioritizeBackorder, options?: CommandOptions) => Promise<Outcome>
}
