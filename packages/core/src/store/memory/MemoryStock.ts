import { Clock, Effect } from "effect"
import type { ItemId } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { documentName, type StockDocument } from "../../documents/Document.ts"
import type { Footprint, Scoped } from "../../rules/Footprint.ts"
import { namedHolds } from "../../rules/held.ts"
import { leafName, type OpenLine, scopedName } from "../../rules/State.ts"
import { trackedLapses } from "../../rules/trackedLapses.ts"
import { withDocuments } from "../../rules/withDocuments.ts"
import { withMovements } from "../../rules/withMovements.ts"
import { stockedItems, withStocked } from "../../rules/withStocked.ts"
import { type Hold, type HoldId, isDue } from "../../stock/Hold.ts"
import { onHand } from "../../stock/Levels.ts"
import { type Serial, serialName } from "../../stock/Serial.ts"
import { isWithin } from "../../stock/StockKey.ts"
import type { BalanceRow, Changes, Loaded, StockDriver, StockRow } from "../StockDriver.ts"
import { addMovement, indexHold, movementOf, type Tables } from "./Tables.ts"

/** The write path in memory: one synchronous step, so it is atomic and needs no locks. Nothing is durable. */
export const memoryStock = (tables: Tables): StockDriver => ({
  transact: (footprint, fold) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const changes = fold(load(tables, footprint, now))
      if (changes !== null) write(tables, changes)
    })
})

const load = (tables: Tables, wanted: Footprint, now: number): Loaded => {
  const movements = Array.from(wanted.movements.values()).flatMap(({ organization, id }) => {
    const movement = movementOf(tables, id)
    return movement?.organization === organization ? [movement] : []
  })
  const moved = withStocked(withMovements(wanted, movements), stockedAt(tables, wanted))
  const named = namedDocuments(tables, moved)
  const footprint = withDocuments(moved, named)
  const holds = new Map<HoldId, Hold>()
  const items = new Set<ItemId>(owned(footprint.items, tables.stock).map(({ item }) => item))
  const addHold = (id: HoldId | undefined) => {
    const hold = id === undefined ? undefined : tables.holds.get(id)
    if (hold === undefined || holds.has(hold.id)) return
    holds.set(hold.id, hold)
    for (const line of hold.lines) items.add(line.item)
  }
  for (const { id } of owned(footprint.holds, tables.holds)) addHold(id)
  for (const name of footprint.references.keys()) addHold(tables.references.get(name))
  for (const { organization, id: item, units } of footprint.anonymous.values()) {
    if (tables.stock.get(item)?.organization !== organization) continue
    let found = 0
    for (const id of tables.openHolds.get(item)?.anonymous ?? []) {
      if (found >= units) break
      const hold = tables.holds.get(id)
      if (hold === undefined || isDue(hold, now)) continue
      holds.set(id, hold)
      for (const line of hold.lines) {
        if (line.item === item) found += line.reserved
        items.add(line.item)
      }
    }
  }
  for (const item of items) {
    for (const id of tables.openHolds.get(item)?.expiring ?? []) {
      const hold = tables.holds.get(id)
      if (hold !== undefined && isDue(hold, now) && !holds.has(id)) holds.set(id, hold)
    }
  }
  const documents = withAttached(tables, named, items)
  const balances: Array<BalanceRow> = []
  for (const item of items) for (const row of tables.balances.get(item)?.values() ?? []) balances.push(row)
  const stock = present(items, tables.stock).map((row) => ({ ...row, nextExpiry: nextExpiry(tables, row.item) }))
  const wantedBatches = owned(footprint.batches, tables.batches).map(({ id }) => id)
  const batches = present(new Set([...wantedBatches, ...balances.flatMap(batchOf)]), tables.batches)
  const wantedVariations = owned(footprint.variations, tables.variations).map(({ id }) => id)
  const keepers = new Set([...holds.keys(), ...documents.map(({ id }) => id)])
  return {
    now,
    nextId: tables.nextId,
    organizations: present(footprint.organizations, tables.organizations),
    locations: loadLocations(tables, footprint, present(items, tables.stock), balances),
    variations: present(new Set([...wantedVariations, ...balances.flatMap(variationOf)]), tables.variations),
    batches,
    items: stock,
    balances,
    holds: Array.from(holds.values()),
    documents,
    serials: loadSerials(tables, footprint, { now, items: stock, balances, batches }, keepers),
    movements,
    suppliers: Array.from(footprint.suppliers.values()).filter(({ organization, id }) => {
      const partner = tables.partners.get(id)
      return partner?.organization === organization && partner.kind === "supplier" && partner.active
    }),
    reasons: Array.from(footprint.reasons.values()).filter(({ organization, id }) =>
      tables.reasons.has(scopedName(organization, id))
    ),
    openLines: present(items, tables.stock)
      .filter((row) => footprint.openHolds.has(row.organization))
      .flatMap(({ item }) => openLines(tables, item)),
    records: present(footprint.keys.keys(), tables.records)
  }
}

const variationOf = ({ variation }: BalanceRow) => (variation === null ? [] : [variation])
const batchOf = ({ batch }: BalanceRow) => (batch === null ? [] : [batch])

const loadLocations = (
  tables: Tables,
  footprint: Footprint,
  items: ReadonlyArray<StockRow>,
  balances: ReadonlyArray<BalanceRow>
) => {
  const homes = items.flatMap(({ details }) => details?.home ?? [])
  const wanted = owned(footprint.locations, tables.locations).map(({ id }) => id)
  const ids = new Set([...wanted, ...balances.map(({ location }) => location), ...homes])
  // Those added are walked as well, up to the outermost.
  for (const id of ids) {
    const parent = tables.locations.get(id)?.parent ?? null
    if (parent !== null) ids.add(parent)
  }
  return present(ids, tables.locations)
}

const namedDocuments = (tables: Tables, footprint: Footprint): ReadonlyArray<StockDocument> => {
  const references = Array.from(footprint.documentReferences.keys(), (name) => tables.documentReferences.get(name))
  const ids = owned(footprint.documents, tables.documents).map(({ id }) => id)
  return present(new Set([...ids, ...references.filter((id) => id !== undefined)]), tables.documents)
}

/** The documents named, and those attached to the items. */
const withAttached = (
  tables: Tables,
  named: ReadonlyArray<StockDocument>,
  items: ReadonlySet<ItemId>
): ReadonlyArray<StockDocument> => {
  const documents = new Map(named.map((document) => [document.id, document]))
  for (const item of items) {
    if (tables.stock.get(item)?.details?.attached === undefined) continue
    for (const id of tables.documentsByItem.get(item) ?? []) {
      const document = tables.documents.get(id)
      if (document?.attached === true) documents.set(id, document)
    }
  }
  return Array.from(documents.values())
}

const loadSerials = (
  tables: Tables,
  footprint: Footprint,
  known: Pick<Loaded, "now" | "items" | "balances" | "batches">,
  keepers: ReadonlySet<number>
): ReadonlyArray<Serial> => {
  const serials = new Set(present(footprint.serials.keys(), tables.serials))
  const tracked = new Set(known.items.filter(({ details }) => details?.serials === true).map(({ item }) => item))
  if (tracked.size === 0) return Array.from(serials)
  const lapses = trackedLapses(known)
  for (const serial of tables.serials.values()) {
    const isKept = serial.hold !== null && keepers.has(serial.hold) && tracked.has(serial.item)
    const goes = lapses.some(({ id, batch }) => id === serial.item && batch === serial.place?.batch)
    if (isKept || (goes && serial.place?.state === "available")) serials.add(serial)
  }
  return Array.from(serials)
}

/** The rows named that are of the organization which names them. */
const owned = <Id, Row extends { readonly organization: OrganizationId }>(
  named: ReadonlyMap<string, Scoped<Id>>,
  table: ReadonlyMap<Id, Row>
): ReadonlyArray<Row> => {
  const rows: Array<Row> = []
  for (const { organization, id } of named.values()) {
    const row = table.get(id)
    if (row?.organization === organization) rows.push(row)
  }
  return rows
}

/** Items with something on hand at the locations, or within them. */
const stockedAt = (tables: Tables, { stocked }: Footprint): ReadonlyArray<Scoped<ItemId>> =>
  Array.from(stocked.values()).flatMap(({ organization, id: location }) =>
    Array.from(tables.balances)
      .filter(([, leaves]) =>
        Array.from(leaves.values()).some(
          (leaf) =>
            leaf.organization === organization &&
            onHand(leaf) !== 0 &&
            isWithin(leaf.location, location, tables.locations)
        )
      )
      .slice(0, stockedItems)
      .map(([id]) => ({ organization, id }))
  )

const openLines = (tables: Tables, item: ItemId): ReadonlyArray<OpenLine> =>
  Array.from(tables.holds.values())
    .sort((a, b) => b.id - a.id)
    .flatMap((hold) => hold.lines.map((line) => ({ hold: hold.id, line })))
    .filter(({ line }) => line.item === item && line.reserved + line.committed > 0)
    .slice(0, namedHolds)

const nextExpiry = (tables: Tables, item: ItemId): number | null => {
  let next: number | null = null
  for (const id of tables.openHolds.get(item)?.expiring ?? []) {
    const expiresAt = tables.holds.get(id)?.expiresAt ?? null
    if (expiresAt !== null && (next === null || expiresAt < next)) next = expiresAt
  }
  return next
}

const present = <K, V>(keys: Iterable<K>, table: Map<K, V>): Array<V> => {
  const rows: Array<V> = []
  for (const key of keys) {
    const row = table.get(key)
    if (row !== undefined) rows.push(row)
  }
  return rows
}

const write = (tables: Tables, changes: Changes): void => {
  for (const row of changes.items) tables.stock.set(row.item, row)
  for (const row of changes.balances) {
    let leaves = tables.balances.get(row.item)
    if (leaves === undefined) {
      leaves = new Map()
      tables.balances.set(row.item, leaves)
    }
    leaves.set(leafName(row.location, row.variation, row.batch), row)
  }
  for (const hold of changes.holds) {
    tables.holds.set(hold.id, hold)
    if (hold.reference !== null) tables.references.set(scopedName(hold.organization, hold.reference), hold.id)
    indexHold(tables, hold)
  }
  for (const document of changes.documents) writeDocument(tables, document)
  for (const serial of changes.serials) tables.serials.set(serialName(serial.item, serial.serial), serial)
  for (const movement of changes.movements) {
    addMovement(tables, movement)
    const ledger = tables.movementsByItem.get(movement.item)
    if (ledger === undefined) tables.movementsByItem.set(movement.item, [movement])
    else ledger.push(movement)
  }
  for (const event of changes.events) tables.events.push(event)
  for (const record of changes.records) tables.records.set(scopedName(record.organization, record.key), record)
  tables.nextId = changes.nextId
}

const writeDocument = (tables: Tables, document: StockDocument): void => {
  const { id, organization, kind, reference } = document
  tables.documents.set(id, document)
  if (reference !== null) tables.documentReferences.set(documentName(organization, kind, reference), id)
  for (const item of document.items) {
    const known = tables.documentsByItem.get(item)
    if (known === undefined) tables.documentsByItem.set(item, new Set([id]))
    else known.add(id)
  }
}
