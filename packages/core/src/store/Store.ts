import { Context, type Effect, type Stream } from "effect"
import type { CatalogDriver } from "../catalog/CatalogDriver.ts"
import type { ReasonDriver } from "../catalog/ReasonDriver.ts"
import type { LedgerDriver } from "../ledger/LedgerDriver.ts"
import type { DeliveryDriver } from "../notifications/DeliveryDriver.ts"
import type { ReplyDriver } from "../replies/Reply.ts"
import type { Cleared, Kept } from "./Retention.ts"
import type { StockDriver } from "./StockDriver.ts"
import type { StoreError } from "./StoreError.ts"

/** Where everything is kept: what an adapter provides, and the only thing it provides. */
export class Store extends Context.Service<
  Store,
  {
    /** The write path of commands. */
    readonly stock: StockDriver
    /** Reading levels, holds and the ledger, and following it. */
    readonly ledger: LedgerDriver
    /** Items, locations and organizations. */
    readonly catalog: CatalogDriver
    /** The organizations' own reasons. */
    readonly reasons: ReasonDriver
    /** Which notices are to be sent, and which were. */
    readonly deliveries: DeliveryDriver
    /** What requests were answered with, under their keys. */
    readonly replies: ReplyDriver
    /** Succeeds when the store can be reached. */
    readonly ready: Effect.Effect<void, StoreError>
    /** Ticks when another process may have committed, for stores that can tell: a hint to look, never a delivery. */
    readonly commits?: Stream.Stream<void, StoreError>
    /**
     * Deletes what is older than it has to be kept, by the store's clock, for stores that outlive their process. Several
     * at once do no harm. Movements are kept for ever.
     */
    readonly clear?: (kept: Kept) => Effect.Effect<Cleared, StoreError>
  }
>()("@stockbook/core/store/Store") {}
