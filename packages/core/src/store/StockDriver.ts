import type { Effect } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { StockDocument } from "../documents/Document.ts"
import type { Footprint, Scoped } from "../rules/Footprint.ts"
import type { Recorded } from "../rules/fold.ts"
import type { BatchFacts, LocationFacts, OpenLine, OrganizationFacts } from "../rules/State.ts"
import type { Hold, HoldId } from "../stock/Hold.ts"
import type { ItemDetails } from "../stock/ItemDetails.ts"
import type { Balance, Levels } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Serial } from "../stock/Serial.ts"
import type { RecordedEvent } from "../stock/StockEvent.ts"
import type { StoreError } from "./StoreError.ts"

/** Ids that are their taker's own: from `nextId` on, up to `idLimit` (exclusive). */
export interface IdRange {
  readonly nextId: number
  readonly idLimit: number
}

/**
 * An item's stock record: its totals over all leaves, its policy, and the version that guards everything within.
 *
 * Law of versions: every change to anything within the item gives it a version it never had before and nobody else
 * will ever give it, an id spent on it. So a version that somebody foretold is there only if what he foretold it of is.
 */
export interface StockRow extends Levels {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly active: boolean
  readonly version: number
  readonly openedAt: number | null
  readonly lowStockThreshold: number | null
  readonly alert: boolean
  /** So many units available may fall below zero, over all and at each leaf. */
  readonly negativeLimit: number
  readonly details: ItemDetails | null
  readonly clock: number
}

/** A stock record as read for a batch. */
export interface LoadedItem extends StockRow {
  /**
   * The earliest expiry of anything softly held on the item; `null` when nothing there expires. Wanted of drivers that
   * can store guarded; an item without it is not remembered.
   */
  readonly nextExpiry?: number | null
}

/** A leaf's row. */
export interface BalanceRow extends Balance {
  readonly organization: OrganizationId
  /** The item's. */
  readonly negativeLimit: number
}

/** All that a footprint names, as the store has it. What is not there is unknown. */
export interface Loaded {
  /** The store's time, epoch milliseconds, read after the locks were taken. */
  readonly now: number
  /**
   * The first id this transaction may give out, higher than that of any movement of the items; ids from it on are the
   * transaction's own, up to `idLimit` (exclusive) where there is one.
   */
  readonly nextId: number
  readonly idLimit?: number
  readonly organizations: ReadonlyArray<OrganizationFacts & { readonly id: OrganizationId }>
  /** Those named, those of the items' leaves, the items' own (`home`), those of the documents named (`withDocuments`), and all that they are parts of. */
  readonly locations: ReadonlyArray<LocationFacts & { readonly id: LocationId }>
  /** Those named, and those of the items' leaves. */
  readonly variations: ReadonlyArray<{ readonly id: VariationId; readonly item: ItemId; readonly active: boolean }>
  /** Those named, and those of the items' leaves. */
  readonly batches: ReadonlyArray<BatchFacts & { readonly id: BatchId }>
  readonly items: ReadonlyArray<LoadedItem>
  readonly balances: ReadonlyArray<BalanceRow>
  /** Holds named by id or reference; due ones on the items; anonymous ones wanted. Each whole, each once. */
  readonly holds: ReadonlyArray<Hold>
  /** Documents named, and those attached to the items. */
  readonly documents: ReadonlyArray<StockDocument>
  /**
   * Those named, and, of items whose units have serials, those that the holds and documents keep,
   * and the available ones of `trackedLapses`.
   */
  readonly serials: ReadonlyArray<Serial>
  /** Movements named, those of other organizations left out. */
  readonly movements: ReadonlyArray<Movement>
  /** Reasons named that the organizations have. */
  readonly reasons: ReadonlyArray<Scoped<string>>
  /** Suppliers named that are not deleted. */
  readonly suppliers: ReadonlyArray<Scoped<PartnerId>>
  /**
   * Of each item of the organizations that want it, the lines that keep something, those of the newest holds first, at
   * most `namedHolds`.
   */
  readonly openLines: ReadonlyArray<OpenLine>
  readonly records: ReadonlyArray<Recorded>
}

/** All that a folded batch changed. Rows are whole: what they say replaces what was there. */
export interface Changes {
  readonly items: ReadonlyArray<StockRow>
  readonly balances: ReadonlyArray<BalanceRow>
  readonly holds: ReadonlyArray<Hold>
  /** Of holds from before `firstId` that got lines, how many they had: lines from there on are new. Others grow none. */
  readonly grown: ReadonlyMap<HoldId, number>
  readonly documents: ReadonlyArray<StockDocument>
  readonly serials: ReadonlyArray<Serial>
  readonly movements: ReadonlyArray<Movement>
  readonly events: ReadonlyArray<RecordedEvent>
  readonly records: ReadonlyArray<Recorded>
  /** The first id given out, and the first not given out: holds and documents from `firstId` on are new. */
  readonly firstId: number
  readonly nextId: number
}

/** What must still be true of the store for changes that were decided on remembered items. */
export interface Guard {
  /** The items the decision was made on, each with the version it must still have. */
  readonly versions: ReadonlyArray<{
    readonly organization: OrganizationId
    readonly item: ItemId
    readonly version: number
  }>
  /** Locations that must still be open. */
  readonly locations: ReadonlyArray<Scoped<LocationId>>
  /** Idempotency keys that must not be recorded yet, beside those the changes record. */
  readonly absentKeys: ReadonlyArray<Scoped<string>>
  /** References that must not name a live hold, beside those of new holds among the changes. */
  readonly absentReferences: ReadonlyArray<Scoped<string>>
}

/** What became of changes with a guard; `ids` are fresh ones, where they were asked for and the changes are stored. */
export interface Guarded {
  readonly stored: boolean
  readonly ids: IdRange | null
}

/**
 * The narrow contract of the write path.
 *
 * Law of `transact`: it takes an exclusive lock on every item of the footprint, and on every item of the holds it
 * and documents it names, and of the movements it names as `withMovements` tells, in ascending order of their ids, before it reads any of them; runs `fold` once on what it then reads; and
 * stores the changes as one atomic, durable unit, or nothing. When it succeeds, the changes survive a crash. Between
 * its reading and its commit nobody else changes anything within those items. Two transactions that use one
 * idempotency key or one live reference do not both commit. When it fails with a reason other than `unknown`, nothing
 * was written. `fold` returning `null` ends the transaction without writing.
 *
 * Law of `storeGuarded`, for drivers where a round trip costs: in one atomic, durable step it checks the guard and
 * stores the changes, and answers so; or it finds the guard broken or a constraint violated, stores nothing, and
 * answers that. The changes have no documents and no serials. Its failures mean what those of `transact` mean. The
 * versions in `changes.items` are the next ones. A second call may come before the first is answered, with a guard that
 * holds only if the first is stored; a driver should carry them out in the order they came, and may in any.
 */
export interface StockDriver {
  /**
   * Declared by a store that spreads its rows over servers by their organization: every footprint it is given is of one
   * organization, and `inFlight` transactions of different organizations may be under way at once. Other stores are
   * given footprints of many, one transaction at a time. What it may store guarded is not made use of.
   */
  readonly lanes?: { readonly of: "organization"; readonly inFlight: number }
  readonly transact: (footprint: Footprint, fold: (loaded: Loaded) => Changes | null) => Effect.Effect<void, StoreError>
  readonly storeGuarded?: (changes: Changes, guard: Guard, wantsIds: boolean) => Effect.Effect<Guarded, StoreError>
}
