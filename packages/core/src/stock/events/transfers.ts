import type { LocationId } from "../../catalog/Location.ts"
import type { DocumentId } from "../../documents/Document.ts"
import type { TransferStatus, TransferUnits } from "../../documents/Transfer.ts"

/** A transfer's status and what stands where. Units. */
export interface TransferSummary extends TransferUnits {
  readonly status: TransferStatus
}

/** A transfer was requested (`before` is `null`) or moved on. */
export interface TransferChanged {
  readonly _tag: "TransferChanged"
  readonly transfer: DocumentId
  readonly reference: string | null
  readonly from: LocationId
  readonly to: LocationId
  readonly before: TransferSummary | null
  readonly after: TransferSummary
}
