import type { ItemId } from "../../catalog/Item.ts"
import type { Backorder } from "../../documents/Backorder.ts"
import type { StockDocument } from "../../documents/Document.ts"
import type { BackorderProgress } from "../../stock/events/backorders.ts"
import type { Decision } from "../Decision.ts"
import type { StockState } from "../State.ts"

/** A backorder with other counts, and what follows from them: what waits is attached to its item, what does not is over. */
export const progressed = (
  backorder: Backorder,
  change: Partial<Pick<Backorder, "waiting" | "filled" | "cancelled" | "priority" | "holds">>,
  now: number
): Backorder => {
  const next = { ...backorder, ...change, updatedAt: now }
  const status = next.waiting > 0 ? "waiting" : next.filled > 0 ? "filled" : "cancelled"
  return { ...next, status, attached: next.waiting > 0 }
}

/** Writes a backorder's next version into the decision, with its event. */
export const putBackorder = (
  decision: Decision,
  before: Backorder | null,
  after: Backorder,
  fill?: { readonly hold: Backorder["holds"][number]; readonly holdReference: string; readonly quantity: number }
): void => {
  decision.documents.push(after)
  const about = {
    backorder: after.id,
    item: after.item,
    order: after.order,
    before: before === null ? null : progressOf(before),
    after: progressOf(after)
  }
  decision.events.push({
    id: decision.nextId++,
    event: fill === undefined ? { _tag: "BackorderChanged", ...about } : { _tag: "BackorderFilled", ...about, ...fill }
  })
}

const progressOf = ({ status, priority, waiting, filled, cancelled }: Backorder): BackorderProgress => ({
  status,
  priority,
  waiting,
  filled,
  cancelled
})

/** The backorders of an item that wait, the first to be served first. */
export const queueOf = (state: StockState, item: ItemId): ReadonlyArray<Backorder> =>
  Array.from(state.documents.values())
    .filter((document): document is Backorder => isWaiting(document) && document.item === item)
    .sort((a, b) => b.priority - a.priority || a.createdAt - b.createdAt || a.id - b.id)

/** Whether a document is a backorder with units that wait. */
export const isWaiting = (document: StockDocument): document is Backorder =>
  document.kind === "backorder" && document.waiting > 0
