import { DocumentId, documentName } from "../documents/Document.ts"
import { type Reversal, reversalReference } from "../documents/Reversal.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Decision } from "./Decision.ts"
import type { StockState } from "./State.ts"

/** What has come back of a movement as a decision leaves it so far; `null` when nothing has. */
export const reversalOf = (
  state: StockState,
  decision: Decision,
  { organization, id }: Pick<Movement, "organization" | "id">
): Reversal | null => {
  const made = decision.documents.find((document) => document.kind === "reversal" && document.movement === id)
  const known = state.documentReferences.get(documentName(organization, "reversal", reversalReference(id)))
  const found = made ?? (known === undefined ? undefined : state.documents.get(known))
  return found?.kind === "reversal" ? found : null
}

/** Writes down what has come back of a movement. */
export const putReversal = (
  state: StockState,
  decision: Decision,
  movement: Pick<Movement, "organization" | "item" | "id" | "quantity">,
  change: { readonly returned?: number; readonly corrected?: number },
  now: number
): void => {
  const before = reversalOf(state, decision, movement)
  const returned = change.returned ?? before?.returned ?? 0
  const corrected = change.corrected ?? before?.corrected ?? null
  const complete = corrected !== null || returned === movement.quantity
  const reversal: Reversal = {
    kind: "reversal",
    id: before?.id ?? DocumentId.make(decision.nextId++, { disableChecks: true }),
    organization: movement.organization,
    reference: reversalReference(movement.id),
    fingerprint: "",
    status: complete ? "complete" : returned > 0 ? "partial" : "open",
    items: [movement.item],
    attached: false,
    dueAt: null,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    actor: null,
    note: null,
    item: movement.item,
    movement: movement.id,
    quantity: movement.quantity,
    returned,
    corrected
  }
  const at = decision.documents.findIndex((document) => document.id === reversal.id)
  if (at === -1) decision.documents.push(reversal)
  else decision.documents[at] = reversal
}
