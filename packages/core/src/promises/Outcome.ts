import { holdStatus, type Hold as StoredHold } from "../stock/Hold.ts"
import type { Outcome as EngineOutcome } from "../stock/Outcome.ts"
import type { Hold } from "./models.ts"
import type { Plain } from "./Plain.ts"

/** What an accepted command did, and how it left what it touched. It is stored already. Quantities in units. */
export interface Outcome extends Omit<Plain<EngineOutcome>, "holds"> {
  /** The holds it made or changed. */
  readonly holds: ReadonlyArray<Hold>
}

/** A hold with its status. */
export const toHold = (hold: StoredHold): Hold => ({ ...hold, status: holdStatus(hold) })

/** An outcome whose holds have their status. */
export const toOutcome = (outcome: EngineOutcome): Outcome => ({ ...outcome, holds: outcome.holds.map(toHold) })
