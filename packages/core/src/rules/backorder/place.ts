import type { Backorder } from "../../documents/Backorder.ts"
import { DocumentId } from "../../documents/Document.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { ReferenceConflict, type Rejection } from "../../stock/Rejection.ts"
import { BackorderLimitReached } from "../../stock/rejections/backorders.ts"
import type { Booking } from "../book.ts"
import type { StockState } from "../State.ts"
import { isWaiting, putBackorder, queueOf } from "./progress.ts"

type Reserve = CommandOf<"Reserve">

/** The waiting backorders that a reservation of this reference made, or the conflict with another one's. */
export const waitingOf = (
  state: StockState,
  { organization, lines }: Reserve,
  reference: string,
  print: string
): ReadonlyArray<Backorder> | Rejection => {
  const found: Array<Backorder> = []
  const items = new Set(lines.map(({ item }) => item))
  for (const document of state.documents.values()) {
    if (!isWaiting(document) || document.organization !== organization || document.order !== reference) continue
    if (!items.has(document.item)) continue
    if (document.fingerprint !== print) return new ReferenceConflict({ reference, hold: null, document: document.id })
    found.push(document)
  }
  return found
}

/**
 * Lets what is missing of a line wait for stock, as far as the item's policy has it wait; with what lines before it let
 * wait.
 */
export const place = (
  { state, decision, context, now }: Booking,
  command: Reserve,
  print: string,
  line: number,
  missing: number
): BackorderLimitReached | null => {
  const want = command.lines[line]
  if (want === undefined) return null
  const { organization, priority = 0 } = command
  const policy = state.items.get(want.item)?.details?.policy
  const limit = policy?.backorderLimit === undefined ? 0 : (policy.backorderLimit ?? Number.POSITIVE_INFINITY)
  const placed = decision.documents.filter((document): document is Backorder => isWaiting(document))
  const waiting = [...queueOf(state, want.item), ...placed.filter(({ item }) => item === want.item)].reduce(
    (sum, each) => sum + each.waiting,
    0
  )
  if (waiting + missing > limit) {
    const { item, quantity } = want
    return new BackorderLimitReached({ item, limit, waiting, requested: missing, available: quantity - missing, line })
  }
  putBackorder(decision, null, {
    kind: "backorder",
    id: DocumentId.make(decision.nextId++, { disableChecks: true }),
    organization,
    reference: null,
    fingerprint: print,
    status: "waiting",
    items: [want.item],
    attached: true,
    dueAt: null,
    createdAt: now,
    updatedAt: now,
    actor: context.actor,
    note: context.note,
    order: command.reference ?? null,
    line,
    item: want.item,
    variation: want.variation ?? null,
    batch: want.batch ?? null,
    location: want.location ?? null,
    priority,
    wanted: missing,
    waiting: missing,
    filled: 0,
    cancelled: 0,
    holds: []
  })
  return null
}
