import type { LocationId } from "../../catalog/Location.ts"
import type { Count } from "../../documents/Count.ts"
import type { DocumentId } from "../../documents/Document.ts"

/** How far a count is: its status, its lines, and how many of them were counted or are stale. */
export interface CountSummary {
  readonly status: Count["status"]
  readonly lines: number
  readonly counted: number
  readonly stale: number
}

/** A count was begun (`before` is `null`) or moved on. */
export interface CountChanged {
  readonly _tag: "CountChanged"
  readonly count: DocumentId
  readonly reference: string | null
  readonly location: LocationId | null
  readonly before: CountSummary | null
  readonly after: CountSummary
}
