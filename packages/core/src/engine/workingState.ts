import type { ItemId } from "../catalog/Item.ts"
import { documentName } from "../documents/Document.ts"
import type { Footprint } from "../rules/Footprint.ts"
import type { Folded } from "../rules/fold.ts"
import { leafName, type StockState, scopedName, type WorkingItem } from "../rules/State.ts"
import { type Hold, holdStatus } from "../stock/Hold.ts"
import { serialName } from "../stock/Serial.ts"
import type { BalanceRow, Changes, Loaded } from "../store/StockDriver.ts"

/** The state a batch is folded over, from what the store loaded for it. */
export const toState = (loaded: Loaded, footprint: Footprint): StockState => {
  const items = new Map<ItemId, WorkingItem>()
  const variations = Map.groupBy(loaded.variations, ({ item }) => item)
  const batches = Map.groupBy(loaded.batches, ({ item }) => item)
  for (const { available, reserved, committed, quarantined, nextExpiry: _, ...row } of loaded.items) {
    items.set(row.item, {
      ...row,
      variations: new Map(variations.get(row.item)?.map(({ id, active }) => [id, { active }])),
      batches: new Map(batches.get(row.item)?.map(({ id, ...facts }) => [id, facts])),
      totals: { available, reserved, committed, quarantined },
      leaves: new Map(),
      anonymous: footprint.anonymous.has(scopedName(row.organization, row.item)) ? [] : null
    })
  }
  for (const balance of loaded.balances) {
    const { item, variation, batch, location, available, reserved, committed, quarantined } = balance
    const key = { item, variation, batch, location }
    items
      .get(item)
      ?.leaves.set(leafName(location, variation, batch), { key, available, reserved, committed, quarantined })
  }
  const state: StockState = {
    organizations: new Map(loaded.organizations.map(({ id, ...facts }) => [id, facts])),
    locations: new Map(loaded.locations.map(({ id, ...facts }) => [id, facts])),
    items,
    holds: new Map(),
    references: new Map(),
    documents: new Map(),
    documentReferences: new Map(),
    serials: new Map(loaded.serials.map((serial) => [serialName(serial.item, serial.serial), serial])),
    movements: new Map(loaded.movements.map((movement) => [movement.id, movement])),
    suppliers: new Set(loaded.suppliers.map(({ organization, id }) => scopedName(organization, id))),
    reasons: new Set(loaded.reasons.map(({ organization, id }) => scopedName(organization, id))),
    openLines: loaded.openLines,
    nextId: loaded.nextId,
    copied: null
  }
  const holds = [...loaded.holds].sort((a, b) => a.id - b.id)
  for (const hold of holds) addHold(state, hold)
  for (const document of loaded.documents) {
    const { id, organization, kind, reference } = document
    state.documents.set(id, document)
    if (reference !== null) state.documentReferences.set(documentName(organization, kind, reference), id)
  }
  return state
}

/** An older hold that was wholly released or expired does not shadow the one that took over its reference. */
const addHold = (state: StockState, hold: Hold): void => {
  state.holds.set(hold.id, hold)
  if (hold.reference !== null) {
    state.references.set(scopedName(hold.organization, hold.reference), hold.id)
  } else if (holdStatus(hold) === "open") {
    for (const item of new Set(hold.lines.map((line) => line.item))) state.items.get(item)?.anonymous?.push(hold.id)
  }
}

/**
 * What the store must write after a fold that gave out ids from `firstId` on. That id becomes the version of the items
 * touched, and is spent on it even if nothing else was given one.
 */
export const toChanges = (state: StockState, folded: Folded, firstId: number): Changes => {
  if (folded.items.size > 0) state.nextId = Math.max(state.nextId, firstId + 1)
  return {
    items: Array.from(folded.items, (touched) => {
      touched.version = firstId
      const { totals, leaves: _, anonymous: __, variations: ___, batches: ____, ...item } = touched
      return { ...item, ...totals }
    }),
    balances: Array.from(folded.leaves, ({ key, ...levels }): BalanceRow => {
      const { organization, negativeLimit } = itemOf(state, key.item)
      return { organization, negativeLimit, ...key, ...levels }
    }),
    holds: Array.from(folded.holds, (id) => state.holds.get(id)).filter((hold) => hold !== undefined),
    grown: growing(folded.grown, firstId),
    documents: Array.from(folded.documents, (id) => state.documents.get(id)).filter(
      (document) => document !== undefined
    ),
    serials: Array.from(folded.serials.values()),
    movements: folded.movements,
    events: folded.events,
    records: folded.records,
    firstId,
    nextId: state.nextId
  }
}

/** A hold made in this batch is new as a whole, however often it got lines in it. */
const growing = (grown: Folded["grown"], firstId: number): Folded["grown"] =>
  grown.size === 0 ? grown : new Map(Array.from(grown).filter(([hold]) => hold < firstId))

const itemOf = (state: StockState, item: ItemId): WorkingItem => {
  const found = state.items.get(item)
  if (found === undefined) throw new Error(`Item ${item} was touched but never loaded`)
  return found
}
