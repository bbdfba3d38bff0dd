import type { ItemId } from "../catalog/Item.ts"
import { type DocumentId, documentName, type StockDocument } from "../documents/Document.ts"
import { outstandingOf } from "../documents/Supply.ts"
import type { InsideAccount, StockState as State } from "../stock/Account.ts"
import type { Hold, HoldId } from "../stock/Hold.ts"
import { type ItemDetails, someDetails } from "../stock/ItemDetails.ts"
import { type Serial, serialName } from "../stock/Serial.ts"
import type { Decision } from "./Decision.ts"
import { leafName, type StockState, scopedName, type WorkingItem, type WorkingLeaf, writableItem } from "./State.ts"

/** What a batch touched so far: what the store must write. */
export interface Touched {
  readonly items: Set<WorkingItem>
  readonly leaves: Set<WorkingLeaf>
  readonly holds: Set<HoldId>
  /** Of holds that got more lines, how many they had when the batch was loaded. */
  readonly grown: Map<HoldId, number>
  readonly documents: Set<DocumentId>
  readonly serials: Map<string, Serial>
}

/** Applies a decision to the working state, in place, and notes what it touched. */
export const evolve = (state: StockState, decision: Decision, now: number, touched: Touched | null): void => {
  for (const movement of decision.movements) {
    const item = writableItem(state, movement.item)
    if (item === undefined) continue
    const { from, to, quantity } = movement
    const source = typeof from === "string" ? null : leafAt(item, from)
    if (source !== null && typeof from !== "string") shift(item, source, from.state, -quantity, touched)
    if (typeof to !== "string") {
      // Most moves are from state to state at one leaf.
      const target = source !== null && isAt(source, to) ? source : leafAt(item, to)
      shift(item, target, to.state, quantity, touched)
    }
    item.openedAt ??= now
    touch(item, now, touched)
  }
  for (const hold of decision.holds) putHold(state, hold, now, touched)
  if (decision.details !== null)
    for (const [id, details] of decision.details) putDetails(state, id, details, now, touched)
  for (const document of decision.documents) putDocument(state, document, now, touched)
  for (const serial of decision.serials) {
    const name = serialName(serial.item, serial.serial)
    state.serials.set(name, serial)
    touched?.serials.set(name, serial)
    const item = writableItem(state, serial.item)
    if (item !== undefined) touch(item, now, touched)
  }
  for (const { item: id, lowStockThreshold, negativeLimit } of decision.policies) {
    const item = writableItem(state, id)
    if (item === undefined) continue
    item.lowStockThreshold = lowStockThreshold
    if (item.negativeLimit !== negativeLimit) {
      item.negativeLimit = negativeLimit
      // Each row carries the limit, so that the database can refuse what is below it.
      for (const leaf of item.leaves.values()) touched?.leaves.add(leaf)
    }
    touch(item, now, touched)
  }
  for (const id of decision.opened) {
    const item = writableItem(state, id)
    if (item === undefined) continue
    item.openedAt ??= now
    touch(item, now, touched)
  }
  for (const { event } of decision.events) {
    if (event._tag !== "LowStockRaised" && event._tag !== "LowStockCleared") continue
    if (event.variation !== undefined || event.location !== undefined) continue
    const item = writableItem(state, event.item)
    if (item !== undefined) item.alert = event._tag === "LowStockRaised"
  }
  state.nextId = decision.nextId
}

const touch = (item: WorkingItem, now: number, touched: Touched | null): void => {
  item.clock = now
  touched?.items.add(item)
}

const isAt = ({ key }: WorkingLeaf, { location, variation, batch }: InsideAccount): boolean =>
  key.location === location && key.variation === variation && key.batch === batch

const leafAt = (item: WorkingItem, { location, variation, batch }: InsideAccount): WorkingLeaf => {
  const name = leafName(location, variation, batch)
  let leaf = item.leaves.get(name)
  if (leaf === undefined) {
    const key = { item: item.item, variation, batch, location }
    leaf = { key, available: 0, reserved: 0, committed: 0, quarantined: 0 }
    item.leaves.set(name, leaf)
  }
  return leaf
}

const shift = (item: WorkingItem, leaf: WorkingLeaf, state: State, quantity: number, touched: Touched | null): void => {
  leaf[state] += quantity
  const floor = state === "available" ? -item.negativeLimit : 0
  if (leaf[state] < floor) throw new RangeError(`${state} of item ${item.item} would fall below its floor`)
  item.totals[state] += quantity
  touched?.leaves.add(leaf)
}

const putDocument = (state: StockState, document: StockDocument, now: number, touched: Touched | null): void => {
  const before = state.documents.get(document.id)
  state.documents.set(document.id, document)
  touched?.documents.add(document.id)
  if (document.reference !== null) {
    state.documentReferences.set(documentName(document.organization, document.kind, document.reference), document.id)
  }
  const attached = Number(document.attached) - Number(before?.attached ?? false)
  for (const id of document.items) {
    const item = writableItem(state, id)
    if (item === undefined) continue
    const expected = outstandingOf(document, id) - (before === undefined ? 0 : outstandingOf(before, id))
    if (attached !== 0 || expected !== 0) item.details = counted(item.details, attached, expected)
    touch(item, now, touched)
  }
}

const putDetails = (
  state: StockState,
  id: ItemId,
  details: ItemDetails | null,
  now: number,
  touched: Touched | null
): void => {
  const item = writableItem(state, id)
  if (item === undefined) return
  // How many documents are attached, and what they have expected, is counted where they are put.
  const { attached: _, expected: __, ...others } = details ?? {}
  const { attached = 0, expected = 0 } = item.details ?? {}
  item.details = counted(someDetails(others), attached, expected)
  touch(item, now, touched)
}

/** Details with so many more documents attached and so many more units expected. */
const counted = (details: ItemDetails | null, attached: number, expected: number): ItemDetails | null => {
  const { attached: before = 0, expected: known = 0, ...others } = details ?? {}
  return someDetails({
    ...others,
    ...(before + attached === 0 ? {} : { attached: before + attached }),
    ...(known + expected === 0 ? {} : { expected: known + expected })
  })
}

const putHold = (state: StockState, hold: Hold, now: number, touched: Touched | null): void => {
  const before = state.holds.get(hold.id)
  const isNew = before === undefined
  if (before !== undefined && hold.lines.length > before.lines.length && touched?.grown.has(hold.id) === false) {
    touched.grown.set(hold.id, before.lines.length)
  }
  state.holds.set(hold.id, hold)
  touched?.holds.add(hold.id)
  if (hold.reference !== null) state.references.set(scopedName(hold.organization, hold.reference), hold.id)
  for (const line of hold.lines) {
    const item = writableItem(state, line.item)
    if (item === undefined) continue
    touch(item, now, touched)
    if (isNew && hold.reference === null && item.anonymous !== null && item.anonymous.at(-1) !== hold.id) {
      item.anonymous.push(hold.id)
    }
  }
}
