import type { StoreError } from "@stockbook/core"
import type { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"

/** What ids are given out for. */
export type Sequence =
  | "ledger"
  | "organization"
  | "location"
  | "item"
  | "variation"
  | "batch"
  | "category"
  | "brand"
  | "unit"
  | "partner"
  | "user"

/** Where dialects differ. The tables are `items i` and `item_stock s`. */
export interface Dialect {
  /** Whether available is at or below the threshold, as the index over such items has it. */
  readonly low: string
  /** The price of an item that has one in hundredths, a whole number, as `price_order` orders it. */
  readonly cents: string
  /** The join that goes from the left to the right. */
  readonly inOrder: string
  /** When a movement took place in business: what it says, or else when it was recorded. Of `movements m`. */
  readonly effectiveAt: string
}

/** The rows that are found, in order. */
export interface RowsInOrder {
  readonly id: Fragment
  /** What comes after FROM. */
  readonly matching: Fragment
  /** What they are ordered by, all of it up or all of it down. */
  readonly keys: ReadonlyArray<Fragment>
  /** All keys are whole numbers, and the last of them is the id. */
  readonly byNumbers: boolean
  readonly descending: boolean
}

/** Some of them. */
export interface PartOfAll extends RowsInOrder {
  readonly offset: number
  readonly limit: number
}

/** All that was found in the catalogue, and what was seen of it then. */
export interface FoundInCatalog {
  readonly seen: string
  readonly total: number
  /** Ordered upwards; `null` where they are more than were asked for. */
  readonly ids: ReadonlyArray<number> | Float64Array | null
}

/** A condition that a search begins with. */
export interface Searching {
  readonly condition: Fragment
  /** No other item meets it. */
  readonly exact: boolean
}

/** How what was found in the catalogue is known to be so still. */
export interface CatalogChanges {
  /** What a statement sees of an organization's, as a text. */
  readonly seen: (organization: number) => Fragment
  /** All rows, if they are at most so many, or else how many. */
  readonly find: (organization: number, rows: RowsInOrder, most: number) => Effect.Effect<FoundInCatalog, SqlError>
  /** Whether a statement sees the organization's items and categories otherwise than that, later or earlier. */
  readonly differ: (organization: number, seen: string) => Fragment
}

/** How movements are told apart that came later. */
export interface Arrivals {
  /** What of `movements m` says when one came. */
  readonly place: string
  readonly type: string
  /** The first place at which a movement may still come: all that came, or ever will come, before it are there. */
  readonly next: Fragment
}

/**
 * What the ledger, catalogue and identity drivers need of a database beside statements: all that is a database's own in
 * them is here.
 */
export interface Session {
  readonly sql: SqlClient
  /** The store's time, epoch milliseconds. */
  readonly now: Effect.Effect<number, SqlError>
  /** The store's time as a part of a statement, epoch milliseconds. */
  readonly moment: Effect.Effect<Fragment>
  /** Likewise, but for the statements of one `snapshot`, which all see the same. */
  readonly snapshotMoment: Effect.Effect<Fragment>
  /** Takes the next id; `ledger` is shared by movements, holds and events. */
  readonly nextId: (sequence: Sequence) => Effect.Effect<number, SqlError>
  /** Takes the next ids, so many of them. */
  readonly nextIds: (sequence: Sequence, count: number) => Effect.Effect<ReadonlyArray<number>, SqlError>
  /** Makes the transaction the only one that has this lock, until it ends. */
  readonly lock: (name: string) => Effect.Effect<void, SqlError>
  /** Keeps others from having this lock alone until the transaction ends; any number may keep it so. */
  readonly share: (name: string) => Effect.Effect<void, SqlError>
  /** What a SELECT ends with to keep the rows it found as they are until the transaction ends. */
  readonly forUpdate: Fragment
  /** What a SELECT ends with to lock the rows it found, passing over those that others have locked. */
  readonly skipLocked: Fragment
  /** The condition that a column, of whole numbers, has one of these values. */
  readonly among: (column: string, values: ReadonlyArray<number>) => Fragment
  /** What comes after FROM to get these values, whole numbers, as rows with an `id`. */
  readonly each: (values: ReadonlyArray<number>) => Fragment
  /**
   * What comes after what a SELECT reads from to get with each row of it the rows of a table, as `alias`, that meet the
   * condition: looked up by an index, however small the planner believes the table to be.
   */
  readonly lookUp: (table: string, alias: string, condition: Fragment) => Fragment
  /** The condition that a column contains a text, ignoring ASCII case; `likely` where most rows do. */
  readonly contains: (column: string, text: string, how?: { readonly likely: boolean }) => Fragment
  /** Words of the dialect, as they stand in statements. */
  readonly dialect: Dialect
  /** The order in which the movements of all items come; `null` where nothing says it. */
  readonly arrivals: Arrivals | null
  /**
   * Whether the database itself keeps `item_tallies`: rows whose `items`, added up, are how many items there are of
   * each organization, kind, category, brand, unit and flag (`active`, `has_variations`, `has_batches`); and likewise,
   * of each organization and of those `active` and not, the `batches` of `batch_tallies` and, of items that are low on
   * stock, the `items` of `low_tallies`.
   */
  readonly keepsTallies: boolean
  /** `null` where nothing tells of changes. */
  readonly catalogChanges: CatalogChanges | null
  /**
   * A condition on `items i` that an index answers, and that all items of the organization meet which have the text in
   * their name, SKU, barcode or description, or which are in one of the categories (a SELECT of ids). `null` when there
   * is no such condition, as for very short texts.
   */
  readonly searching: (organization: number, text: string, categories: Fragment | null) => Searching | null
  /** A SELECT of the `id` of each, in order, and of the `total` of rows found, where all have to be found anyhow. */
  readonly partOfAll: (part: PartOfAll) => Fragment
  /** Runs one statement. */
  readonly read: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /** Runs several statements that all see one committed state. */
  readonly snapshot: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /**
   * Runs statements as one transaction. What must stay true of what it reads, it has to lock. Runs it again when
   * another transaction was faster.
   */
  readonly write: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
}
