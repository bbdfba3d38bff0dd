import { documentName } from "../documents/Document.ts"
import { reversalReference } from "../documents/Reversal.ts"
import type { Movement } from "../stock/Movement.ts"
import { serialName } from "../stock/Serial.ts"
import type { Footprint } from "./Footprint.ts"
import { scopedName } from "./State.ts"

/**
 * A footprint with what its movements bring along: their items, the serials they moved, and what came back of them, or of the movement whose
 * units they brought back. A store reads the movements before it locks anything, for they never change.
 */
export const withMovements = (footprint: Footprint, movements: ReadonlyArray<Movement>): Footprint => {
  if (movements.length === 0) return footprint
  const items = new Map(footprint.items)
  const documentReferences = new Map(footprint.documentReferences)
  const serials = new Map(footprint.serials)
  for (const { organization, id, item, details } of movements) {
    const named = footprint.movements.get(scopedName(organization, id))?.serials ?? []
    for (const serial of [...named, ...(details?.serials ?? [])]) {
      serials.set(serialName(item, serial), { organization, id: item, serial })
    }
    items.set(scopedName(organization, item), { organization, id: item })
    for (const movement of [id, details?.returns]) {
      if (movement === undefined) continue
      const reference = reversalReference(movement)
      const name = documentName(organization, "reversal", reference)
      documentReferences.set(name, { organization, kind: "reversal", id: reference })
    }
  }
  return { ...footprint, items, documentReferences, serials }
}
