import type { Change, ChangesOptions, FollowedChange, SubscribeOptions } from "./Changes.ts"
import type { Inventory } from "./Inventory.ts"
import type { Organization, Rebuilding, Verification } from "./models.ts"
import type { CallOptions } from "./options.ts"

/** How a stockbook works, whatever store it is in. */
export interface OpenOptions {
  /** Commands that one transaction carries at most; 256 when left out. */
  readonly batchSize?: number | undefined
  /** Commands that wait at most; one more is refused with `Overloaded`. 10,000 when left out. */
  readonly capacity?: number | undefined
  /**
   * Milliseconds between looks for holds and batches that have expired, to write that down; 1,000 when left out,
   * `null` for never. Nothing waits for it: what has expired blocks nobody and is sold to nobody.
   */
  readonly sweepEvery?: number | null | undefined
  /**
   * How long answers under idempotency keys (30 days) and events that every subscriber has seen (90 days) are kept,
   * milliseconds; `null` for ever. Movements are never cleared.
   */
  readonly retention?: { readonly keys?: number | undefined; readonly events?: number | undefined } | null | undefined
}

/**
 * A stockbook that is open, of any number of organizations. Everything is a plain async function; what is refused
 * rejects with a `StockbookError`. `Transaction` is what its inventories' commands can join (`within`).
 */
export interface OpenStockbook<Transaction = never> {
  /** The inventory of an organization, by its id. Nothing is read yet. */
  readonly organization: (id: number) => Inventory<Transaction>
  /**
   * Founds an organization with its locations, the first of them its default: `["Main Warehouse", "Secondary
   * Warehouse"]` when left out. Keep its `id`.
   */
  readonly createOrganization: (
    name: string,
    locations?: readonly [string, ...Array<string>],
    options?: CallOptions
  ) => Promise<Inventory<Transaction>>
  /** The organizations after an id, 100 of them when it does not say, the oldest first; for those who run the store. */
  readonly organizations: (
    page?: { readonly after?: number | undefined; readonly limit?: number | undefined },
    options?: CallOptions
  ) => Promise<ReadonlyArray<Organization>>
  /** Recomputes all organizations from the ledger and names each difference. */
  readonly verify: (options?: CallOptions) => Promise<Verification>
  /**
   * Computes balances and totals of all organizations anew from the ledger, stores those that differ, and names what
   * is still not right. Movements are not touched.
   */
  readonly rebuild: (options?: CallOptions) => Promise<Rebuilding>
  /** What happens in any organization, in order: what was, and then what comes. Ends when the stockbook is closed. */
  readonly changes: (options?: ChangesOptions) => AsyncIterableIterator<FollowedChange>
  /**
   * Hands every change to `handle`, in order and at least once, and remembers under the name how far it came. Of all
   * subscribers of that name, in any process, one is active at a time.
   *
   * Settles when it is over: it resolves once the signal is aborted or the stockbook closed, and rejects with what
   * `handle` throws; what it was given then comes again to the next subscriber of that name.
   */
  readonly subscribe: (
    name: string,
    handle: (changes: ReadonlyArray<Change>) => void | Promise<void>,
    options?: SubscribeOptions
  ) => Promise<void>
  /** Takes in nothing more, waits for what is under way, and lets go of the store. Later calls are refused (`EngineClosed`). */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
