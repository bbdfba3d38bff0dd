import type { PartnerId } from "../../catalog/Partner.ts"
import type { DocumentId } from "../../documents/Document.ts"
import type { SupplyStatus } from "../../documents/Supply.ts"

/** A supply's status, what is still expected of it and what came. Units. */
export interface SupplySummary {
  readonly status: SupplyStatus
  readonly expected: number
  readonly received: number
}

/** A supply is expected (`before` is `null`), came in part or whole, or is no longer expected. */
export interface SupplyChanged {
  readonly _tag: "SupplyChanged"
  readonly supply: DocumentId
  readonly reference: string | null
  readonly supplier: PartnerId | null
  readonly before: SupplySummary | null
  readonly after: SupplySummary
}
