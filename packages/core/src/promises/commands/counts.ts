import type { Outcome } from "../Outcome.ts"
import type { CommandOptions } from "../options.ts"
import type { Lines, Referenced, Target } from "./parts.ts"

/** An item, or a variation or batch of it. */
export interface Countable {
  readonly item: number
  readonly variation?: number
  readonly batch?: number
}

/** What is to be counted: a location with all in it, items wherever they are, or items at a location. */
export interface StartCount extends Referenced {
  readonly location?: number
  readonly items?: Lines<Countable>
  /** Does not show what is expected before it is posted. */
  readonly blind?: boolean
}

/** What was counted at a place. */
export interface CountedLine extends Countable {
  /** The count's, or else the default one, when left out. */
  readonly location?: number
  /** Units on hand, 0 or more. */
  readonly counted: number
}

/** A step of a count. */
export interface CountStep extends Referenced {
  readonly count: Target
}

/** What was counted. */
export interface RecordCount extends CountStep {
  readonly lines: Lines<CountedLine>
}

/** The end of a count. */
export interface PostCount extends CountStep {
  /** Takes lines as they were counted although stock moved there since (`StaleCountLine` otherwise). */
  readonly acceptStale?: boolean
}

/** Commands on counts of what is really there. `reference` names a count. */
export interface CountCommands {
  /** Begins a count and freezes what is expected, at most 1,000 places. Refused with `CountTooLarge`, `NothingToCount`. */
  readonly startCount: (input: StartCount, options?: CommandOptions) => Promise<Outcome>
  /** Says what was counted; the last quantity stands. Refused with `OutsideCount`, `CountClosed`, `UnknownCount`. */
  readonly recordCount: (input: RecordCount, options?: CommandOptions) => Promise<Outcome>
  /** Posts the differences. What was not counted stays. Refused with `StaleCountLine`, `CountShortage`, `CountClosed`. */
  readonly postCount: (input: PostCount, options?: CommandOptions) => Promise<Outcome>
  /** Ends a count without posting anything. Refused with `CountClosed`, `UnknownCount`. */
  readonly cancelCount: (input: CountStep, options?: CommandOptions) => Promise<Outcome>
}
