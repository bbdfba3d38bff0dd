import type { Line, Lines, Place } from "./commands/parts.ts"
import type { Arrival, LineAvailability, ReorderSuggestion, ToPromise } from "./models.ts"
import type { CallOptions } from "./options.ts"

/** Of which arrivals; of all when left out. */
export interface ArrivalsFilter {
  readonly item?: number | undefined
  /** Arriving at this very location. */
  readonly location?: number | undefined
}

/** What could be had, what will come, and what is to be ordered. Units. */
export interface Planning {
  /** What each line could have now beside those before it, as a reservation would pick it; kits by their components. */
  readonly check: (lines: ReadonlyArray<Line>, options?: CallOptions) => Promise<ReadonlyArray<LineAvailability>>
  /** How many units of a kit its components suffice for, at a location and all in it, or over all. */
  readonly ofKit: (kit: number, location?: number, options?: CallOptions) => Promise<number>
  /** Lines with kits replaced by their components, for `reserve` and `issue`: a kit is had whole or not at all. */
  readonly expand: (lines: ReadonlyArray<Line>, options?: CallOptions) => Promise<Lines<Line>>
  /** What is to arrive by transfers and from suppliers, the soonest first, those without a date last. */
  readonly arrivals: (filter?: ArrivalsFilter, options?: CallOptions) => Promise<ReadonlyArray<Arrival>>
  /** What may be promised at a place (this very location) for an instant (epoch milliseconds); `null` for an unknown item. */
  readonly availableToPromise: (place: Place, at: number, options?: CallOptions) => Promise<ToPromise | null>
  /**
   * What to order of the items whose policy says when, with demand taken over the last days, 30 when left out. It reads
   * the items one by one.
   */
  readonly reorders: (windowDays?: number, options?: CallOptions) => Promise<ReadonlyArray<ReorderSuggestion>>
}
