import type { StockDocument } from "../documents/Document.ts"
import type { Movement } from "../stock/Movement.ts"

/**
 * Compares what an item's reversals say came back of each movement with what its ledger says: units returned, less the
 * returns that were taken back, and the movement that took it back.
 */
export const checkReversals = (
  documents: ReadonlyArray<StockDocument>,
  movements: ReadonlyArray<Movement>,
  report: (rule: "reversal", at: string, expected: number, actual: number) => void
): void => {
  const byId = new Map(movements.map((movement) => [movement.id, movement]))
  const returned = new Map<number, number>()
  const corrected = new Map<number, number>()
  const add = (of: number, units: number) => returned.set(of, (returned.get(of) ?? 0) + units)
  for (const { id, quantity, details } of movements) {
    if (details?.returns !== undefined) add(details.returns, quantity)
    if (details?.corrects === undefined) continue
    if (corrected.has(details.corrects)) report("reversal", `movement ${details.corrects} reversed`, 1, 2)
    corrected.set(details.corrects, id)
    const of = byId.get(details.corrects)?.details?.returns
    if (of !== undefined) add(of, -quantity)
  }
  const stored = new Map(
    documents.filter((document) => document.kind === "reversal").map((reversal) => [reversal.movement, reversal])
  )
  for (const movement of new Set([...stored.keys(), ...returned.keys(), ...corrected.keys()])) {
    const reversal = stored.get(movement)
    const units = returned.get(movement) ?? 0
    report("reversal", `movement ${movement} returned`, units, reversal?.returned ?? 0)
    report("reversal", `movement ${movement} reversed by`, corrected.get(movement) ?? 0, reversal?.corrected ?? 0)
    const most = byId.get(movement)?.quantity ?? 0
    report("reversal", `movement ${movement} returned at most`, Math.min(units, most), units)
  }
}
