import { type DocumentId, type DocumentKind, type OrganizationId, type StockDocument, wordsOf } from "@stockbook/core"

/** A row of `documents`: what is looked for has columns of its own, the rest is `body`. */
export interface DocumentRow {
  readonly organization: OrganizationId
  readonly id: DocumentId
  readonly kind: DocumentKind
  readonly reference: string | null
  readonly status: StockDocument["status"]
  readonly attached: boolean | number
  readonly due_at: number | null
  readonly created_at: number
  readonly updated_at: number
  readonly body: string
}

/** The fields that are columns; see `bodyOf`. */
type Column = "organization" | "id" | "kind" | "reference" | "status" | "attached" | "dueAt" | "createdAt" | "updatedAt"

/** Columns that repeat what is in the body, to look for it; `null` where a document has no such thing. */
export const soughtOf = (document: StockDocument) => ({
  from: document.kind === "transfer" ? document.from : null,
  to: document.kind === "transfer" ? document.to : null,
  partner: "side" in document ? document.partner : null,
  amount: "side" in document ? sixDecimals(document.total) : null,
  words: wordsOf(document)
})

/** An amount as SQL can take it apart. */
const sixDecimals = (amount: string): string => {
  const [whole = "0", fraction = ""] = amount.split(".")
  return `${whole}.${fraction.padEnd(6, "0")}`
}

/** What of a document is kept as its body. */
export const bodyOf = (document: StockDocument): string => {
  const { organization: _, id: __, kind: ___, reference: ____, ...rest } = document
  const { status: _____, attached: ______, dueAt: _______, createdAt: ________, updatedAt: _________, ...body } = rest
  return JSON.stringify(body)
}

/** The checked boundary: only this program writes bodies. */
export const toDocument = (row: DocumentRow): StockDocument =>
  ({
    ...(JSON.parse(row.body) as Omit<StockDocument, Column>),
    organization: row.organization,
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    status: row.status,
    attached: Boolean(row.attached),
    dueAt: row.due_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at
  }) as StockDocument
