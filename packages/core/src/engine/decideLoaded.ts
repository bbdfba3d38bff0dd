import type { Footprint } from "../rules/Footprint.ts"
import { type Folded, fold, type Recorded, type Submission } from "../rules/fold.ts"
import { type StockState, scopedName } from "../rules/State.ts"
import type { Changes, Loaded } from "../store/StockDriver.ts"
import { toChanges, toState } from "./workingState.ts"

/** What a batch became of what the store loaded for it. */
export interface Decided {
  readonly state: StockState
  readonly folded: Folded
  /** What is to be written; `null` when nothing is. */
  readonly changes: Changes | null
}

/** Decides a batch on what the store loaded for it, under its locks. */
export const decideLoaded = (batch: ReadonlyArray<Submission>, footprint: Footprint, loaded: Loaded): Decided => {
  const state = toState(loaded, footprint)
  const recorded = new Map<string, Recorded>()
  for (const record of loaded.records) recorded.set(scopedName(record.organization, record.key), record)
  const folded = fold(state, batch, recorded, loaded.now)
  if (loaded.idLimit !== undefined && state.nextId > loaded.idLimit) throw new RangeError("A batch used up its ids")
  return { state, folded, changes: isEmpty(folded) ? null : toChanges(state, folded, loaded.nextId) }
}

const isEmpty = (folded: Folded) => folded.items.size + folded.events.length + folded.records.length === 0
