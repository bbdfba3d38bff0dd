import type { Batch, BatchId } from "../../catalog/Batch.ts"
import type { Item, ItemId } from "../../catalog/Item.ts"
import type { KitComponent } from "../../catalog/Kit.ts"
import type { Location, LocationId } from "../../catalog/Location.ts"
import type { Organization, OrganizationId } from "../../catalog/Organization.ts"
import type { Partner, PartnerId } from "../../catalog/Partner.ts"
import type { TermKind, Terms } from "../../catalog/Term.ts"
import type { Variation, VariationId } from "../../catalog/Variation.ts"
import type { DocumentId, StockDocument } from "../../documents/Document.ts"
import type { UserRow } from "../../identity/IdentityDriver.ts"
import type { Delivery } from "../../notifications/Delivery.ts"
import type { Reply } from "../../replies/Reply.ts"
import type { Scoped } from "../../rules/Footprint.ts"
import type { Recorded } from "../../rules/fold.ts"
import { type Hold, type HoldId, lineStatus } from "../../stock/Hold.ts"
import type { Movement } from "../../stock/Movement.ts"
import type { Serial } from "../../stock/Serial.ts"
import type { RecordedEvent, StockEvent } from "../../stock/StockEvent.ts"
import type { BalanceRow, StockRow } from "../StockDriver.ts"

/** A user with what only the identity driver sees. */
export interface StoredUser {
  readonly row: UserRow
  readonly emailKey: string
  readonly usernameKey: string
  readonly passwordHash: string
}

/** Holds of an item that a batch may need beside those it names. */
export interface OpenHolds {
  readonly expiring: Set<HoldId>
  readonly anonymous: Set<HoldId>
}

/** The memory store's rows and indexes. All access is synchronous, so each access sees one state. */
export interface Tables {
  nextId: number
  readonly organizations: Map<OrganizationId, Organization>
  readonly locations: Map<LocationId, Location>
  readonly terms: { readonly [K in TermKind]: Map<number, Terms[K]> }
  readonly partners: Map<PartnerId, Partner>
  /** By `scopedName` of organization and code. */
  readonly reasons: Map<string, Scoped<string> & { readonly name: string }>
  /** The names of their terms are those of when they were written; `MemoryItems` reads them anew. */
  readonly items: Map<ItemId, Item>
  readonly variations: Map<VariationId, Variation>
  readonly batches: Map<BatchId, Batch>
  readonly kits: Map<ItemId, ReadonlyArray<KitComponent>>
  readonly stock: Map<ItemId, StockRow>
  readonly balances: Map<ItemId, Map<string, BalanceRow>>
  readonly holds: Map<HoldId, Hold>
  readonly openHolds: Map<ItemId, OpenHolds>
  readonly references: Map<string, HoldId>
  readonly documents: Map<DocumentId, StockDocument>
  /** By `documentName`. */
  readonly documentReferences: Map<string, DocumentId>
  readonly documentsByItem: Map<ItemId, Set<DocumentId>>
  /** By `serialName`. */
  readonly serials: Map<string, Serial>
  readonly records: Map<string, Recorded>
  readonly replies: Map<string, Reply>
  /** What writes of the catalogue answered, by the names of their keys, which `records` has too. */
  readonly answers: Map<string, unknown>
  /** By ascending id, as they were written. */
  readonly movements: Array<Movement>
  readonly movementsByItem: Map<ItemId, Array<Movement>>
  readonly events: Array<RecordedEvent>
  readonly subscriptions: Map<string, { cursor: string; worker: string | null; until: number }>
  readonly deliveries: Map<string, Delivery>
  readonly users: Array<StoredUser>
}

export const emptyTables = (): Tables => ({
  nextId: 1,
  organizations: new Map(),
  locations: new Map(),
  terms: { category: new Map(), brand: new Map(), unit: new Map() },
  partners: new Map(),
  reasons: new Map(),
  items: new Map(),
  variations: new Map(),
  batches: new Map(),
  kits: new Map(),
  stock: new Map(),
  balances: new Map(),
  holds: new Map(),
  openHolds: new Map(),
  references: new Map(),
  documents: new Map(),
  documentReferences: new Map(),
  documentsByItem: new Map(),
  serials: new Map(),
  records: new Map(),
  replies: new Map(),
  answers: new Map(),
  movements: [],
  movementsByItem: new Map(),
  events: [],
  subscriptions: new Map(),
  deliveries: new Map(),
  users: []
})

/** Writes an outbox event of the catalogue. */
export const writeEvent = (tables: Tables, organization: OrganizationId, event: StockEvent, at: number): void => {
  tables.events.push({ id: tables.nextId++, organization, event, at })
}

/** Adds a movement in the order of ids, which are given out before they are written, and so may come late. */
export const addMovement = ({ movements }: Tables, movement: Movement): void => {
  let at = movements.length
  while (at > 0 && (movements[at - 1]?.id ?? 0) > movement.id) at -= 1
  if (at === movements.length) movements.push(movement)
  else movements.splice(at, 0, movement)
}

/** A movement by its id. */
export const movementOf = ({ movements }: Tables, id: number): Movement | undefined => {
  let from = 0
  let until = movements.length
  while (from < until) {
    const middle = (from + until) >>> 1
    const movement = movements[middle]
    if (movement === undefined || movement.id >= id) until = middle
    else from = middle + 1
  }
  const found = movements[from]
  return found?.id === id ? found : undefined
}

/** Keeps the indexes of open holds in step with a hold's new version. */
export const indexHold = (tables: Tables, hold: Hold): void => {
  const { id, lines } = hold
  const anonymous = hold.reference === null && lines.some((line) => lineStatus(line) === "open")
  for (const { item } of lines) {
    let open = tables.openHolds.get(item)
    if (open === undefined) {
      open = { expiring: new Set(), anonymous: new Set() }
      tables.openHolds.set(item, open)
    }
    if (hold.expiresAt !== null && lines.some((line) => line.item === item && line.reserved > 0)) open.expiring.add(id)
    else if (open.expiring.size > 0) open.expiring.delete(id)
    if (anonymous) open.anonymous.add(id)
    else if (open.anonymous.size > 0) open.anonymous.delete(id)
  }
}
