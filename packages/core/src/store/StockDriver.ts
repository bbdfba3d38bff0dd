import type { Effect } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { Footprint } from "../rules/Footprint.ts"
import type { Recorded } from "../rules/fold.ts"
import type { Hold } from "../stock/Hold.ts"
import type { Balance, Levels } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import type { RecordedEvent } from "../stock/StockEvent.ts"
import type { StoreError } from "./StoreError.ts"

/** An item's stock record: its totals over all leaves, its policy, and the version that guards everything within. */
export interface StockRow extends Levels {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly active: boolean
  readonly version: number
  readonly openedAt: number | null
  readonly lowStockThreshold: number | null
  readonly alert: boolean
  readonly clock: number
}

/** A leaf's row. */
export interface BalanceRow extends Balance {
  readonly organization: OrganizationId
}

/** All that a footprint names, as the store has it. What is not there is unknown. */
export interface Loaded {
  /** The store's time, epoch milliseconds, read after the locks were taken. */
  readonly now: number
  /** The first id this transaction may give out; ids from it on are the transaction's own. */
  readonly nextId: number
  readonly organizations: ReadonlyArray<{ readonly id: OrganizationId; readonly defaultLocation: LocationId }>
  readonly locations: ReadonlyArray<{
    readonly id: LocationId
    readonly organization: OrganizationId
    readonly active: boolean
  }>
  readonly items: ReadonlyArray<StockRow>
  readonly balances: ReadonlyArray<BalanceRow>
  /** Holds named by id or reference; due ones on the items; anonymous ones wanted. Each whole, each once. */
  readonly holds: ReadonlyArray<Hold>
  readonly records: ReadonlyArray<Recorded>
}

/** All that a folded batch changed. Rows are whole: what they say replaces what was there. */
export interface Changes {
  readonly items: ReadonlyArray<StockRow>
  readonly balances: ReadonlyArray<BalanceRow>
  readonly holds: ReadonlyArray<Hold>
  readonly movements: ReadonlyArray<Movement>
  readonly events: ReadonlyArray<RecordedEvent>
  readonly records: ReadonlyArray<Recorded>
  /** The first id not given out. */
  readonly nextId: number
}

/**
 * The narrow contract of the write path, one method.
 *
 * Law: `transact` takes an exclusive lock on every item of the footprint, and on every item of the holds it names, in
 * ascending order of their ids, before it reads any of them; runs `fold` once on what it then reads; and stores the
 * changes as one atomic, durable unit, or nothing. When it succeeds, the changes survive a crash. Between its reading
 * and its commit nobody else changes anything within those items. Two transactions that use one idempotency key or
 * one live reference do not both commit. When it fails with a reason other than `unknown`, nothing was written.
 * `fold` returning `null` ends the transaction without writing.
 */
export interface StockDriver {
  readonly transact: (footprint: Footprint, fold: (loaded: Loaded) => Changes | null) => Effect.Effect<void, StoreError>
}
