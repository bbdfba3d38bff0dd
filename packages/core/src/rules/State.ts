import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { DocumentId, StockDocument } from "../documents/Document.ts"
import type { Hold, HoldId, HoldLine } from "../stock/Hold.ts"
import type { ItemDetails } from "../stock/ItemDetails.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Serial } from "../stock/Serial.ts"
import type { StockKey } from "../stock/StockKey.ts"

/** Units per state of a leaf or an item while a batch is folded. */
export interface WorkingLevels {
  available: number
  reserved: number
  committed: number
  quarantined: number
}

/** One leaf while a batch is folded. */
export interface WorkingLeaf extends WorkingLevels {
  readonly key: StockKey
}

/** What a rule needs to know of a batch. */
export interface BatchFacts {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly active: boolean
  /** Recalled or under inspection: what comes in of it is quarantined. */
  readonly quarantined: boolean
  /** From this instant on (epoch milliseconds) it is not sold; `null` for never. */
  readonly expiresAt: number | null
  /** A date by which it is picked as if it expired then, and which does not bar it; `null` for none. */
  readonly bestBefore: number | null
  readonly createdAt: number
}

/** What a rule needs to know of a location. */
export interface LocationFacts {
  readonly organization: OrganizationId
  readonly active: boolean
  /** Whether stock there is picked for a command that does not name the place. */
  readonly sellable: boolean
  /** The location it is a part of, loaded as well. */
  readonly parent: LocationId | null
}

/** One item with all its leaves while a batch is folded. Only `evolve` writes to it. */
export interface WorkingItem {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly active: boolean
  /** As loaded; every batch that changes anything within the item gives it another. */
  version: number
  /** When its stock record began; `null` before its first stock. */
  openedAt: number | null
  lowStockThreshold: number | null
  /** A low-stock alert was raised and not cleared since. */
  alert: boolean
  /** So many units available may fall below zero. */
  negativeLimit: number
  details: ItemDetails | null
  /** Time of its last change: the item's time never goes back. */
  clock: number
  readonly totals: WorkingLevels
  readonly leaves: Map<string, WorkingLeaf>
  /** Its variations, as far as they have a leaf or the batch of commands names them. */
  readonly variations: ReadonlyMap<VariationId, { readonly active: boolean }>
  /** Its batches, as far as they have a leaf or the batch of commands names them. */
  readonly batches: ReadonlyMap<BatchId, BatchFacts>
  /** Open anonymous holds, oldest first; present when a command of the batch may release from them. */
  anonymous: Array<HoldId> | null
}

/** What a rule needs to know of an organization. */
export interface OrganizationFacts {
  readonly defaultLocation: LocationId
  /** Where stock is while it is on its way between locations. */
  readonly transit: LocationId
}

/** A line of a hold that keeps something. */
export interface OpenLine {
  readonly hold: HoldId
  readonly line: HoldLine
}

/** All that a batch of commands needs to be decided: loaded by the store, folded by the rules. */
export interface StockState {
  readonly organizations: Map<OrganizationId, OrganizationFacts>
  readonly locations: Map<LocationId, LocationFacts>
  readonly items: Map<ItemId, WorkingItem>
  readonly holds: Map<HoldId, Hold>
  /** Holds by organization and reference; see `scopedName`. */
  readonly references: Map<string, HoldId>
  readonly documents: Map<DocumentId, StockDocument>
  /** Documents by organization, kind and reference; see `documentName`. */
  readonly documentReferences: Map<string, DocumentId>
  /** Serials named, by `serialName`; one that is not there is unknown. */
  readonly serials: Map<string, Serial>
  /** Movements named, as the ledger has them; one that is not there is unknown, or younger than the batch. */
  readonly movements: ReadonlyMap<number, Movement>
  /** Suppliers named that are not deleted, by `scopedName`. */
  readonly suppliers: ReadonlySet<string>
  /** Reasons of the organizations' own that are named, by `scopedName`. */
  readonly reasons: ReadonlySet<string>
  /** What was held of the items when they were loaded, for those that want it: the newest lines. */
  readonly openLines: ReadonlyArray<OpenLine>
  /** The next id of a movement, hold, document or event. */
  nextId: number
  /** In a scratch state, the items copied so far; `null` in one that is written to in place. */
  readonly copied: Set<ItemId> | null
}

/** The name of a leaf within its item. */
export const leafName = (location: number, variation: number | null, batch: number | null): string =>
  `${location}/${variation ?? ""}/${batch ?? ""}`

/** The name of an id, a reference or an idempotency key among those of all organizations. */
export const scopedName = (organization: OrganizationId, id: number | string): string => `${organization}/${id}`

/** A state that can be folded further without touching the original: `evolve` copies an item before it writes to it. */
export const scratchOf = (state: StockState): StockState => ({
  ...state,
  items: new Map(state.items),
  holds: new Map(state.holds),
  references: new Map(state.references),
  documents: new Map(state.documents),
  documentReferences: new Map(state.documentReferences),
  serials: new Map(state.serials),
  copied: new Set()
})

/** The item as `evolve` may write to it. */
export const writableItem = (state: StockState, id: ItemId): WorkingItem | undefined => {
  const item = state.items.get(id)
  if (item === undefined || state.copied === null || state.copied.has(id)) return item
  const copy: WorkingItem = {
    ...item,
    totals: { ...item.totals },
    leaves: new Map(Array.from(item.leaves, ([name, leaf]) => [name, { ...leaf }])),
    anonymous: item.anonymous === null ? null : [...item.anonymous]
  }
  state.items.set(id, copy)
  state.copied.add(id)
  return copy
}
