import type { StockDocument } from "../documents/Document.ts"
import type { Movement } from "../stock/Movement.ts"

/** Compares what an item's orders say with what their movements brought in and took out; a cancelled one left nothing. */
export const checkOrders = (
  documents: ReadonlyArray<StockDocument>,
  movements: ReadonlyArray<Movement>,
  report: (rule: "ordered", at: string, expected: number, actual: number) => void
): void => {
  const orders = documents.filter((document) => "side" in document)
  if (orders.length === 0) return
  const brought = new Map<number, number>()
  for (const { details, from, to, quantity } of movements) {
    if (details?.document === undefined) continue
    const units = (typeof from === "string" ? quantity : 0) - (typeof to === "string" ? quantity : 0)
    brought.set(details.document, (brought.get(details.document) ?? 0) + units)
  }
  for (const { id, side, status, quantity } of orders) {
    const wanted = status === "cancelled" ? 0 : side === "incoming" ? quantity : -quantity
    report("ordered", `order ${id}`, wanted, brought.get(id) ?? 0)
  }
}
