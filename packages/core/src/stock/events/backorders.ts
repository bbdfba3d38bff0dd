import type { ItemId } from "../../catalog/Item.ts"
import type { Backorder } from "../../documents/Backorder.ts"
import type { DocumentId } from "../../documents/Document.ts"
import type { HoldId } from "../Hold.ts"

/** How far a backorder is. Units. */
export type BackorderProgress = Pick<Backorder, "status" | "priority" | "waiting" | "filled" | "cancelled">

interface AboutBackorder {
  readonly backorder: DocumentId
  readonly item: ItemId
  /** The reference of the reservation it is the rest of. */
  readonly order: string | null
  /** `null` when it was just made. */
  readonly before: BackorderProgress | null
  readonly after: BackorderProgress
}

/** A backorder was made, cancelled in part or in whole, or moved in its queue. */
export interface BackorderChanged extends AboutBackorder {
  readonly _tag: "BackorderChanged"
}

/** Units came in that a backorder waited for; a hold keeps them for its order. */
export interface BackorderFilled extends AboutBackorder {
  readonly _tag: "BackorderFilled"
  readonly hold: HoldId
  readonly holdReference: string
  readonly quantity: number
}
