import type { CommandInput } from "../../src/engine/StockEngine.ts"
import type { Outcome } from "../../src/stock/Outcome.ts"

/** What a client wants, however often it asks. */
export interface Request {
  readonly command: CommandInput
  readonly key: string | null
  /** On the movements it causes, and on no other's. */
  readonly note: string
  /** The process asked last, by its number; `null` once that has answered. */
  asked: number | null
  /** What was answered last; `null` while that was no outcome. */
  outcome: Outcome | null
  /** Whether it was answered with an outcome or by a rule. */
  settled: boolean
  /** Whether it may be in the ledger: it was done, or nobody can tell. */
  mayBeDone: boolean
}
