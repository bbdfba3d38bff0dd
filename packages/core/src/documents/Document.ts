import { Schema } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { Backorder } from "./Backorder.ts"
import type { Count } from "./Count.ts"
import type { IncomingOrder, OutgoingOrder } from "./Order.ts"
import type { Reversal } from "./Reversal.ts"
import type { Supply } from "./Supply.ts"
import type { Transfer } from "./Transfer.ts"

/** A document's id: a positive integer, unique in the store. */
export const DocumentId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("DocumentId"))
export type DocumentId = typeof DocumentId.Type

/** What all documents have. What is particular to a kind stands beside it. */
export interface DocumentFields<Kind extends string, Status extends string> {
  readonly kind: Kind
  readonly id: DocumentId
  readonly organization: OrganizationId
  /** The caller's own name for it, unique among the organization's documents of this kind; `null` for none. */
  readonly reference: string | null
  /** Fingerprint of the request that made it, so that the same reference with another body is a conflict. */
  readonly fingerprint: string
  readonly status: Status
  /** The items it is about; deciding on it locks them all. An item once named stays. */
  readonly items: ReadonlyArray<ItemId>
  /** Whether it is loaded with its items whenever anything is decided on them. */
  readonly attached: boolean
  /** When something is expected of it, epoch milliseconds. */
  readonly dueAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  /** The user who made it. */
  readonly actor: number | null
  readonly note: string | null
}

/** A process that takes more than one command: written and locked together with the items it is about. */
export type StockDocument = Transfer | Supply | Count | Backorder | Reversal | IncomingOrder | OutgoingOrder
export type DocumentKind = StockDocument["kind"]
export const documentKinds = [
  "transfer",
  "supply",
  "count",
  "backorder",
  "reversal",
  "incomingOrder",
  "outgoingOrder"
] as const satisfies ReadonlyArray<DocumentKind>
/** Of documents of any kind; each kind has some of them. */
export const documentStatuses = [
  "pending",
  "inTransit",
  "completed",
  "cancelled",
  "open",
  "received",
  "closed",
  "posted",
  "waiting",
  "filled",
  "partial",
  "complete"
] as const satisfies ReadonlyArray<StockDocument["status"]>
export type DocumentOf<Kind extends DocumentKind> = Extract<StockDocument, { readonly kind: Kind }>

/** A document by its id, or by kind and the caller's reference. */
export type DocumentTarget = { readonly id: DocumentId } | { readonly kind: DocumentKind; readonly reference: string }

/** The texts that a search of documents looks through. */
export const wordsOf = (document: StockDocument): string =>
  [document.reference, "label" in document ? document.label : null, document.note]
    .filter((text) => text !== null)
    .join("\n")

/** The name of a reference among those of all organizations and kinds. */
export const documentName = (organization: OrganizationId, kind: DocumentKind, reference: string): string =>
  `${organization}/${kind}/${reference}`
