import type { LocationId } from "../catalog/Location.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields } from "./Document.ts"

/** What was expected of a leaf when the count began, and what was counted there. Units on hand. */
export interface CountLine extends StockKey {
  readonly expected: number
  readonly counted: number | null
}

/** A count of what is really there. */
export interface Count extends DocumentFields<"count", "open" | "posted" | "cancelled"> {
  readonly location: LocationId
  readonly blind: boolean
  readonly lines: ReadonlyArray<CountLine>
}
