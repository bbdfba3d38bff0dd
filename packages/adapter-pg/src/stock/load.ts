import type { PgTypes } from "@effect/sql-pg"
import { outcomeOf } from "@stockbook/adapter-sql"
import {
  type BalanceRow,
  type BatchId,
  type Footprint,
  type Hold,
  type HoldId,
  type HoldLine,
  type IdRange,
  type ItemDetails,
  type ItemId,
  isDue,
  type Loaded,
  type LoadedItem,
  type LocationId,
  type OrganizationId,
  type Scoped,
  StoreError,
  scopedName,
  type VariationId,
  withDocuments,
  withMovements,
  withStocked
} from "@stockbook/core"
import { Effect } from "effect"
import { inTurn, type Line } from "../client/Line.ts"
import { bigints, texts } from "../client/parameters.ts"
import { documentsOf, isNamedDocument, namedDocuments } from "./documents.ts"
import { movementsOf, openLinesOf, reasonsOf, stockedOf, suppliersOf } from "./named.ts"
import { loadFootprint, lockItems, rowKind } from "./statements.ts"

/** How many ids one value of the sequence stands for. */
const idBlock = 65_536

/** The ids that a value of the sequence stands for. */
export const blockAt = (nextId: number): IdRange => ({ nextId, idLimit: nextId + idBlock })

/**
 * Begins a transaction, locks what a footprint names, and then reads it, in one round trip.
 *
 * Two statements, for a statement sees what was committed before it began: one that waited for a lock and read in one
 * go would read what the lock's last holder has since replaced. From the second statement's start to COMMIT nobody
 * else changes anything within the locked items, since all who do take the same locks first. So read committed is
 * isolation enough: a snapshot of the whole transaction would be older than the locks, and fail where this waits.
 *
 * The second does not wait for the answer to the first, and finds for itself which items are meant. Which items a hold
 * is on never changes, but which hold a reference names may, up to the moment the locks are there. If it did, and an
 * item was read that is not locked, the transaction is a `conflict`, to be tried again.
 */
export const load = Effect.fnUntraced(function* (line: Line, given: Footprint) {
  const begin = line.execute("BEGIN", [], undefined)
  const begunFirst =
    given.documents.size + given.documentReferences.size + given.movements.size + given.stocked.size > 0
  if (begunFirst) yield* begin
  const movements = yield* movementsOf(line, given)
  const moved = withStocked(withMovements(given, movements), yield* stockedOf(line, given))
  const footprint = withDocuments(moved, yield* namedDocuments(line, moved))
  const named = namedBy(footprint)
  const wanted = pairs(footprint.items.values())
  const empty = bigints([])
  const keys = Array.from(footprint.keys.values())
  const [begun, locked, read] = yield* Effect.all(
    [
      Effect.exit(begunFirst ? Effect.void : begin),
      Effect.exit(line.executeValues(lockItems, [...wanted, empty, empty, ...named])),
      Effect.exit(
        line.executeValues(loadFootprint, [
          ...wanted,
          ...pairs(footprint.locations.values()),
          ...named,
          bigints(Array.from(footprint.organizations)),
          bigints(keys.map((key) => key.organization)),
          texts(keys.map((key) => key.id)),
          ...pairs(footprint.variations.values()),
          ...pairs(footprint.batches.values())
        ])
      )
    ],
    inTurn
  )
  // The first that failed says why.
  yield* begun
  const items = new Set(((yield* locked) as ReadonlyArray<LockedRow>).map(([, item]) => item))
  const known = toLoaded((yield* read) as ReadonlyArray<FootprintRow>)
  const loaded: Loaded = {
    ...known,
    ...(yield* documentsOf(line, footprint, known)),
    movements,
    reasons: yield* reasonsOf(line, footprint),
    suppliers: yield* suppliersOf(line, footprint),
    openLines: yield* openLinesOf(line, footprint, known.items)
  }
  const isLocked =
    loaded.items.every(({ item }) => items.has(item)) &&
    loaded.holds.every((hold) => !isNamed(hold, footprint, loaded.now) || isWithin(hold, items)) &&
    loaded.documents.every((each) => !isNamedDocument(each, footprint) || each.items.every((id) => items.has(id)))
  return isLocked
    ? loaded
    : yield* new StoreError({ reason: "conflict", message: "A reference moved to other items", cause: null })
})

type LockedRow = readonly [OrganizationId, ItemId]

const pairs = (scoped: Iterable<Scoped<number>>): [PgTypes.Parameter, PgTypes.Parameter] => {
  const all = Array.from(scoped)
  return [bigints(all.map(({ organization }) => organization)), bigints(all.map(({ id }) => id))]
}

const namedBy = (footprint: Footprint): ReadonlyArray<PgTypes.Parameter> => {
  const references = Array.from(footprint.references.values())
  const anonymous = Array.from(footprint.anonymous.values())
  return [
    ...pairs(footprint.holds.values()),
    bigints(references.map(({ organization }) => organization)),
    texts(references.map(({ id }) => id)),
    ...pairs(anonymous),
    bigints(anonymous.map(({ units }) => Math.min(units, Number.MAX_SAFE_INTEGER)))
  ]
}

/** Holds read because they are due may be on items that are not locked; what they hold there is left alone. */
const isNamed = (hold: Hold, footprint: Footprint, now: number): boolean =>
  footprint.holds.has(scopedName(hold.organization, hold.id)) ||
  (hold.reference === null
    ? !isDue(hold, now)
    : footprint.references.has(scopedName(hold.organization, hold.reference)))

const isWithin = (hold: Hold, items: ReadonlySet<ItemId>): boolean => hold.lines.every((line) => items.has(line.item))

/**
 * A row of `loadFootprint`. The checked boundary: the columns are NOT NULL and of these types in a schema that this
 * program's migrations made.
 */
type FootprintRow =
  | readonly [kind: typeof rowKind.clock, now: number, nextId: number]
  | readonly [kind: typeof rowKind.organization, id: OrganizationId, defaultLocation: LocationId, transit: LocationId]
  | readonly [
      kind: typeof rowKind.location,
      organization: OrganizationId,
      id: LocationId,
      active: number,
      sellable: number,
      parent: LocationId | null
    ]
  | readonly [kind: typeof rowKind.variation, id: VariationId, item: ItemId, active: number]
  | readonly [
      kind: typeof rowKind.batch,
      id: BatchId,
      item: ItemId,
      variation: VariationId | 0,
      active: number,
      quarantined: number,
      expiresAt: number | null,
      createdAt: number,
      bestBefore: number | null
    ]
  | readonly [
      kind: typeof rowKind.item,
      organization: OrganizationId,
      item: ItemId,
      active: number,
      version: number,
      openedAt: number | null,
      lowStockThreshold: number | null,
      alert: number,
      clock: number,
      available: number,
      reserved: number,
      committed: number,
      quarantined: number,
      negativeLimit: number,
      nextExpiry: number | null,
      blank: null,
      details: string | null,
      ...blanks: [null, null]
    ]
  | readonly [
      kind: typeof rowKind.leaf,
      organization: OrganizationId,
      item: ItemId,
      location: LocationId,
      variation: VariationId | 0,
      batch: BatchId | 0,
      available: number,
      reserved: number,
      committed: number,
      quarantined: number,
      negativeLimit: number
    ]
  | HoldLineRow
  | readonly [kind: typeof rowKind.record, organization: OrganizationId, ...Blank14, ...Texts]

type HoldLineRow = readonly [
  kind: typeof rowKind.holdLine,
  organization: OrganizationId,
  hold: HoldId,
  line: number,
  expiresAt: number | null,
  createdAt: number,
  item: ItemId,
  variation: VariationId | 0,
  batch: BatchId | 0,
  location: LocationId,
  held: number,
  reserved: number,
  committed: number,
  fulfilled: number,
  released: number,
  expired: number,
  reference: string | null,
  fingerprint: string
]

type Blank = null
type Blank7 = [Blank, Blank, Blank, Blank, Blank, Blank, Blank]
type Blank14 = [...Blank7, ...Blank7]
type Texts = [first: string, second: string, third: string]

const toLoaded = (
  rows: ReadonlyArray<FootprintRow>
): Omit<Loaded, "documents" | "serials" | "movements" | "reasons" | "openLines" | "suppliers"> => {
  let now = 0
  let nextId = 0
  const organizations: Array<Loaded["organizations"][number]> = []
  const locations: Array<Loaded["locations"][number]> = []
  const variations: Array<Loaded["variations"][number]> = []
  const batches: Array<Loaded["batches"][number]> = []
  const items: Array<LoadedItem> = []
  const balances: Array<BalanceRow> = []
  const lines = new Map<HoldId, Array<HoldLineRow>>()
  const records: Array<Loaded["records"][number]> = []
  for (const row of rows) {
    switch (row[0]) {
      case rowKind.clock:
        now = row[1]
        nextId = row[2]
        break
      case rowKind.organization:
        organizations.push({ id: row[1], defaultLocation: row[2], transit: row[3] })
        break
      case rowKind.location:
        locations.push({
          organization: row[1],
          id: row[2],
          active: row[3] === 1,
          sellable: row[4] === 1,
          parent: row[5]
        })
        break
      case rowKind.variation:
        variations.push({ id: row[1], item: row[2], active: row[3] === 1 })
        break
      case rowKind.batch:
        batches.push({
          id: row[1],
          item: row[2],
          variation: row[3] || null,
          active: row[4] === 1,
          quarantined: row[5] === 1,
          expiresAt: row[6],
          createdAt: row[7],
          bestBefore: row[8]
        })
        break
      case rowKind.item:
        items.push({
          organization: row[1],
          item: row[2],
          active: row[3] === 1,
          version: row[4],
          openedAt: row[5],
          lowStockThreshold: row[6],
          alert: row[7] === 1,
          clock: row[8],
          available: row[9],
          reserved: row[10],
          committed: row[11],
          quarantined: row[12],
          negativeLimit: row[13],
          nextExpiry: row[14],
          details: row[16] === null ? null : (JSON.parse(row[16]) as ItemDetails)
        })
        break
      case rowKind.leaf:
        balances.push({
          organization: row[1],
          item: row[2],
          location: row[3],
          variation: row[4] || null,
          batch: row[5] || null,
          available: row[6],
          reserved: row[7],
          committed: row[8],
          quarantined: row[9],
          negativeLimit: row[10]
        })
        break
      case rowKind.holdLine: {
        const known = lines.get(row[2])
        if (known === undefined) lines.set(row[2], [row])
        else known.push(row)
        break
      }
      case rowKind.record:
        records.push({
          organization: row[1],
          key: row[16],
          fingerprint: row[17],
          outcome: outcomeOf(row[1], row[18])
        })
    }
  }
  const holds = Array.from(lines.values(), toHold).filter((hold) => hold !== null)
  return {
    now,
    ...blockAt(nextId),
    organizations,
    locations,
    variations,
    batches,
    items,
    balances,
    holds,
    records
  }
}

const toHold = (rows: ReadonlyArray<HoldLineRow>): Hold | null => {
  const [first] = rows
  if (first === undefined) return null
  const lines = rows.map(toLine).sort((a, b) => a.line - b.line)
  return {
    id: first[2],
    organization: first[1],
    reference: first[16],
    fingerprint: first[17],
    expiresAt: first[4],
    createdAt: first[5],
    lines
  }
}

const toLine = (row: HoldLineRow): HoldLine => ({
  item: row[6],
  variation: row[7] || null,
  batch: row[8] || null,
  location: row[9],
  line: row[3],
  held: row[10],
  reserved: row[11],
  committed: row[12],
  fulfilled: row[13],
  released: row[14],
  expired: row[15]
})
