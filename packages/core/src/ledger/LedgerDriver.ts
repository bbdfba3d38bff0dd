import type { Effect } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import type { DocumentKind, DocumentTarget, StockDocument } from "../documents/Document.ts"
import type { Scoped } from "../rules/Footprint.ts"
import type { HoldTarget } from "../stock/Command.ts"
import type { Hold, HoldId, HoldStatus } from "../stock/Hold.ts"
import type { Balance } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Serial } from "../stock/Serial.ts"
import type { RecordedEvent } from "../stock/StockEvent.ts"
import type { BalanceRow, StockRow } from "../store/StockDriver.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Flow, ItemMark } from "./flows.ts"
import type { OrderTotals } from "./OrderTotals.ts"
import type { Passage } from "./passage.ts"

/** Which movements; those left out do not narrow. Instants are epoch milliseconds. */
export interface MovementFilter {
  readonly organization: OrganizationId
  readonly item?: ItemId | undefined
  /** Movements from or to this location. */
  readonly location?: LocationId | undefined
  readonly reason?: string | undefined
  readonly reference?: string | undefined
  readonly hold?: HoldId | undefined
  /** At this instant or later. */
  readonly from?: number | undefined
  /** Before this instant. */
  readonly until?: number | undefined
  /** With this business date or a later one: `effectiveAt`, or when it was recorded where it says none. */
  readonly effectiveFrom?: number | undefined
  /** With a business date before this. */
  readonly effectiveUntil?: number | undefined
  /** With this text in reference or note, ignoring ASCII case. */
  readonly search?: string | undefined
  /** That changed so what is on hand at a location; `"any"` for all that changed it. */
  readonly passage?: Passage | "any" | undefined
}

/** Which holds. */
export interface HoldFilter {
  readonly organization: OrganizationId
  readonly item?: ItemId | undefined
  readonly status?: HoldStatus | undefined
}

/** Which documents; those left out do not narrow. Instants are epoch milliseconds. */
export interface DocumentFilter {
  readonly organization: OrganizationId
  readonly kind?: DocumentKind | undefined
  /** This status, or one of several. */
  readonly status?: StockDocument["status"] | ReadonlyArray<StockDocument["status"]> | undefined
  readonly item?: ItemId | undefined
  /** Transfers from this location. */
  readonly from?: LocationId | undefined
  /** Transfers to this location. */
  readonly to?: LocationId | undefined
  /** Orders of this customer or supplier. */
  readonly partner?: PartnerId | undefined
  /** Made at this instant or later. */
  readonly createdFrom?: number | undefined
  /** Made before this instant. */
  readonly createdUntil?: number | undefined
  /** A text that the reference, the label or the note contains, ignoring ASCII case. */
  readonly search?: string | undefined
}

/** Where a page starts and how many rows it has at most; `after` is the id of the last row of the page before. */
export interface Page {
  readonly after?: number | undefined
  readonly limit: number
  /** So many rows are left out after that, 100,000 at most: for lists that are paged by number. */
  readonly offset?: number | undefined
  /** `newest` first, or `oldest` first. */
  readonly order: "newest" | "oldest"
}

/** An item's stock as stored, in one consistent reading. */
export interface StoredItem {
  readonly stock: StockRow
  readonly balances: ReadonlyArray<BalanceRow>
  /** Holds with something on the item still softly held although their time is over. */
  readonly due: ReadonlyArray<Hold>
  /** Batches of the item that are expired or quarantined: what is available of them counts as quarantined. */
  readonly barred: ReadonlyArray<BatchId>
}

/** One thing that happened: a movement, or an event of the outbox. */
export type Change =
  | { readonly _tag: "Movement"; readonly id: number; readonly movement: Movement }
  | { readonly _tag: "Event"; readonly id: number; readonly event: RecordedEvent }

/**
 * The narrow contract of the reading side. Every reading is of one committed state.
 *
 * Law: `changes` never skips: once it has answered with a cursor, no change that it left out will ever appear before
 * that cursor, whatever transactions were open.
 */
export interface LedgerDriver {
  /** The store's time, epoch milliseconds. */
  readonly now: Effect.Effect<number, StoreError>
  readonly item: (organization: OrganizationId, item: ItemId) => Effect.Effect<StoredItem | null, StoreError>
  readonly hold: (organization: OrganizationId, target: HoldTarget) => Effect.Effect<Hold | null, StoreError>
  readonly holds: (filter: HoldFilter, page: Page) => Effect.Effect<ReadonlyArray<Hold>, StoreError>
  /** Holds with something softly held whose time ends after `from` and not after `until`, the soonest first. */
  readonly expiringHolds: (
    organization: OrganizationId,
    window: { readonly from: number; readonly until: number; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<Hold>, StoreError>
  readonly movements: (filter: MovementFilter, page: Page) => Effect.Effect<ReadonlyArray<Movement>, StoreError>
  readonly countMovements: (filter: MovementFilter) => Effect.Effect<number, StoreError>
  /** Units by accounts and cause, in the order of their first movement. */
  readonly sumMovements: (filter: MovementFilter) => Effect.Effect<ReadonlyArray<Flow>, StoreError>
  /**
   * What the last movement of each of these items at or before an instant left, by item; items without one are left
   * out. Takes no longer for a longer ledger, but for the depth of an index.
   */
  readonly lastMovements: (
    organization: OrganizationId,
    items: ReadonlyArray<ItemId>,
    at: number
  ) => Effect.Effect<ReadonlyArray<ItemMark>, StoreError>
  /**
   * The leaves of these items that were not empty right after everything at or before an instant, or those of them at
   * a location, by item, location, variation and batch, none before any.
   */
  readonly leavesAsOf: (
    organization: OrganizationId,
    items: ReadonlyArray<ItemId>,
    at: number,
    location: LocationId | null
  ) => Effect.Effect<ReadonlyArray<Balance>, StoreError>
  readonly document: (
    organization: OrganizationId,
    target: DocumentTarget
  ) => Effect.Effect<StockDocument | null, StoreError>
  readonly documents: (filter: DocumentFilter, page: Page) => Effect.Effect<ReadonlyArray<StockDocument>, StoreError>
  readonly countDocuments: (filter: DocumentFilter) => Effect.Effect<number, StoreError>
  /** When each of these items last came from a supplier, epoch milliseconds; items that never did are left out. */
  readonly lastSupplied: (
    organization: OrganizationId,
    items: ReadonlyArray<ItemId>
  ) => Effect.Effect<ReadonlyArray<{ readonly item: ItemId; readonly at: number }>, StoreError>
  readonly orderTotals: (organization: OrganizationId) => Effect.Effect<OrderTotals, StoreError>
  /** A serial of an item; `null` when the item never had it. */
  readonly serial: (
    organization: OrganizationId,
    item: ItemId,
    serial: string
  ) => Effect.Effect<Serial | null, StoreError>
  /** Holds whose time is over with something still softly held, oldest expiry first. */
  readonly dueHolds: (limit: number) => Effect.Effect<ReadonlyArray<Scoped<HoldId>>, StoreError>
  /**
   * Items with available stock of a batch that is expired or quarantined, if it became so after `since` (epoch
   * milliseconds). Afterwards nothing of such a batch becomes available, so what was found once need not be looked for
   * again.
   */
  readonly dueBatches: (since: number, limit: number) => Effect.Effect<ReadonlyArray<Scoped<ItemId>>, StoreError>
  /** Items after an id, of one organization or of all, to walk through them. */
  readonly itemIds: (
    organization: OrganizationId | null,
    after: number,
    limit: number
  ) => Effect.Effect<ReadonlyArray<Scoped<ItemId>>, StoreError>
  /** All that is stored of an item, in one consistent reading: for `verify`. */
  readonly everything: (
    organization: OrganizationId,
    item: ItemId
  ) => Effect.Effect<
    | (StoredItem & {
        readonly holds: ReadonlyArray<Hold>
        readonly documents: ReadonlyArray<StockDocument>
        readonly serials: ReadonlyArray<Serial>
        readonly movements: ReadonlyArray<Movement>
      })
    | null,
    StoreError
  >
  /**
   * Movements and events, or events alone, after a cursor (`""` from the start), oldest first, and the cursor that
   * follows them.
   */
  readonly changes: (
    organization: OrganizationId | null,
    cursor: string,
    limit: number,
    only?: "events"
  ) => Effect.Effect<{ readonly changes: ReadonlyArray<Change>; readonly cursor: string }, StoreError>
  /** A cursor after all that can be read now: what appears later comes after it. */
  readonly head: Effect.Effect<string, StoreError>
  /** The cursor that a subscriber saved; `null` when it has saved none. */
  readonly savedCursor: (subscriber: string) => Effect.Effect<string | null, StoreError>
  /**
   * Makes a worker the only one of a subscriber for so many milliseconds of the store's time, or lengthens its turn;
   * answers with the saved cursor, or `null` while it is another worker's turn. The first claim of a subscriber saves
   * the cursor `from` (`""` when left out). Of any number of workers in any number of processes, one has the turn.
   */
  readonly claim: (
    subscriber: string,
    worker: string,
    millis: number,
    from?: string
  ) => Effect.Effect<string | null, StoreError>
  /** Saves how far a worker came; `false`, and nothing saved, when the turn has gone to another. */
  readonly saveCursor: (subscriber: string, worker: string, cursor: string) => Effect.Effect<boolean, StoreError>
  /** Ends a worker's turn, if it has it. */
  readonly yieldTurn: (subscriber: string, worker: string) => Effect.Effect<void, StoreError>
}
