import type { StockDocument } from "../documents/Document.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { Footprint } from "./Footprint.ts"
import { scopedName } from "./State.ts"

/**
 * The footprint with what the documents it names are about: their items, the locations, and what variations and batches
 * their lines name. What a document once named stays, so it may be read before anything is locked.
 */
export const withDocuments = (footprint: Footprint, documents: ReadonlyArray<StockDocument>): Footprint => {
  if (documents.length === 0) return footprint
  const items = new Map(footprint.items)
  const locations = new Map(footprint.locations)
  const variations = new Map(footprint.variations)
  const batches = new Map(footprint.batches)
  for (const document of documents) {
    const { organization } = document
    for (const id of document.items) items.set(scopedName(organization, id), { organization, id })
    if (document.kind === "transfer") {
      for (const id of [document.from, document.to]) locations.set(scopedName(organization, id), { organization, id })
    }
    for (const { item, location, variation, batch } of linesOf(document)) {
      locations.set(scopedName(organization, location), { organization, id: location })
      if (variation !== null) variations.set(scopedName(organization, variation), { organization, id: variation, item })
      if (batch !== null) batches.set(scopedName(organization, batch), { organization, id: batch, item })
    }
  }
  return { ...footprint, items, locations, variations, batches }
}

const linesOf = (document: StockDocument): ReadonlyArray<StockKey> =>
  document.kind === "transfer" || document.kind === "supply" || document.kind === "count" ? document.lines : []
