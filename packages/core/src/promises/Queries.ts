import type { Period } from "../ledger/CostQueries.ts"
import type { DocumentFilter, HoldFilter, MovementFilter, Page } from "../ledger/LedgerDriver.ts"
import type { Target } from "./commands/parts.ts"
import type {
  Balance,
  CostOfGoods,
  Flow,
  Hold,
  ItemMark,
  ItemStock,
  ItemValuation,
  Movement,
  MovementStatistics,
  OrderTotals,
  Paged,
  Rebuilding,
  Serial,
  Statement,
  StockDocument,
  Valuation,
  Variance,
  Verification
} from "./models.ts"
import type { CallOptions } from "./options.ts"
import type { Plain } from "./Plain.ts"

/** Which page; what is left out, or `undefined`, is as when nothing is said. */
export type AskedPage = { readonly [K in keyof Page]?: Page[K] | undefined }

type InOrganization<Filter> = Omit<Plain<Filter>, "organization"> & AskedPage

/** Which holds; a page of 100, the newest first, when it does not say. */
export interface HoldsFilter extends InOrganization<HoldFilter> {}
/** Which movements, instants in epoch milliseconds; a page of 100, the newest first, when it does not say. */
export interface MovementsFilter extends InOrganization<MovementFilter> {}
/** Which documents, instants in epoch milliseconds; a page of 100, the newest first, when it does not say. */
export interface DocumentsFilter extends InOrganization<DocumentFilter> {}
/** A document by its id, or by its kind and the caller's reference. */
export type DocumentTarget =
  | { readonly id: number }
  | { readonly kind: StockDocument["kind"]; readonly reference: string }

/** A page of items: those after an id, 100 at most when it does not say. */
export interface ItemsPage {
  readonly after?: number | undefined
  readonly limit?: number | undefined
}

/** Reads stock, holds and the ledger of an organization. What it does not have is `null`. */
export interface StockQueries {
  /** An item's stock now, in units, in all and by location, variation and batch; `null` for an unknown item. */
  readonly stock: (item: number, options?: CallOptions) => Promise<ItemStock | null>
  /** What lay where, right after everything up to and including an instant (epoch milliseconds). Units. */
  readonly balanceAsOf: (item: number, at: number, options?: CallOptions) => Promise<ReadonlyArray<Balance>>
  /** A hold as it is now, by its id or reference. */
  readonly hold: (target: Target, options?: CallOptions) => Promise<Hold | null>
  readonly holds: (filter?: HoldsFilter, options?: CallOptions) => Promise<ReadonlyArray<Hold>>
  /** Holds with something softly held that expire within so many milliseconds, the soonest first; 100 when not said. */
  readonly expiringHolds: (
    window: { readonly within: number; readonly limit?: number | undefined },
    options?: CallOptions
  ) => Promise<ReadonlyArray<Hold>>
  /** The ledger, a page of it. */
  readonly movements: (filter?: MovementsFilter, options?: CallOptions) => Promise<ReadonlyArray<Movement>>
  /** How many rows `movements` has in all; the page it asks for is of no account. */
  readonly countMovements: (filter?: MovementsFilter, options?: CallOptions) => Promise<number>
  /** A transfer, order, expected supply, count or backorder. */
  readonly document: (target: DocumentTarget, options?: CallOptions) => Promise<StockDocument | null>
  readonly documents: (filter?: DocumentsFilter, options?: CallOptions) => Promise<ReadonlyArray<StockDocument>>
  /** How many rows `documents` has in all; the page it asks for is of no account. */
  readonly countDocuments: (filter?: DocumentsFilter, options?: CallOptions) => Promise<number>
  /** How many orders there are, and what they come to (exact decimals). */
  readonly orderTotals: (options?: CallOptions) => Promise<OrderTotals>
  /** Where a unit is, by its serial number; `null` when the item never had it. */
  readonly serial: (item: number, serial: string, options?: CallOptions) => Promise<Serial | null>
  /** Recomputes everything from the ledger and names each difference; none is what you want. */
  readonly verify: (options?: CallOptions) => Promise<Verification>
  /** Computes balances and totals anew from the ledger, stores those that differ, and names what is still not right. */
  readonly rebuild: (options?: CallOptions) => Promise<Rebuilding>
}

/** What stock cost, of items whose costs are kept (`setCosting`). Amounts are exact decimals. */
export interface CostQueries {
  /** What an item's stock is worth, now or as of an instant (epoch milliseconds); `null` when its costs are not kept. */
  readonly item: (item: number, at?: number, options?: CallOptions) => Promise<ItemValuation | null>
  /** The same of all items together. */
  readonly total: (at?: number, options?: CallOptions) => Promise<Valuation>
  /** The cost of goods sold of an item from an instant until before another. */
  readonly ofGoodsSold: (item: number, period: Period, options?: CallOptions) => Promise<CostOfGoods>
}

/** What was: stock as of an instant (epoch milliseconds), statements and statistics of a period. Units. */
export interface HistoryQueries {
  /** Every item's units as of an instant, page by page. */
  readonly totalsAsOf: (at: number, page?: ItemsPage, options?: CallOptions) => Promise<Paged<ItemMark>>
  /** What lay where as of an instant, of all items or of those at one location, page by page. */
  readonly leavesAsOf: (
    at: number,
    page?: ItemsPage & { readonly location?: number | undefined },
    options?: CallOptions
  ) => Promise<Paged<Balance>>
  /** An item's opening and closing stock of a period and the movements between them. */
  readonly statement: (item: number, period: Period, page?: ItemsPage, options?: CallOptions) => Promise<Statement>
  /** What an item's stock did in a period: flows, average stock and turnover. */
  readonly statistics: (item: number, period: Period, options?: CallOptions) => Promise<MovementStatistics>
  /** Units by accounts and cause over all movements that a filter lets through. */
  readonly flows: (filter?: MovementsFilter, options?: CallOptions) => Promise<ReadonlyArray<Flow>>
  /** How far a posted count was from the books, and what it is worth; `null` of one unknown or not posted. */
  readonly variance: (count: Target, options?: CallOptions) => Promise<Variance | null>
}
