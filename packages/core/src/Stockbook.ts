import { Layer } from "effect"
import { Availability } from "./availability/Availability.ts"
import { Catalog } from "./catalog/Catalog.ts"
import { Reasons } from "./catalog/Reasons.ts"
import { CommitSignal } from "./engine/CommitSignal.ts"
import { type EngineOptions, StockEngine } from "./engine/StockEngine.ts"
import { Arrivals } from "./ledger/Arrivals.ts"
import { CostQueries } from "./ledger/CostQueries.ts"
import { History } from "./ledger/History.ts"
import { Projections } from "./ledger/Projections.ts"
import { Reorders } from "./ledger/Reorders.ts"
import { StockQueries } from "./ledger/StockQueries.ts"
import { Subscriptions } from "./ledger/Subscriptions.ts"
import { Replies } from "./replies/Replies.ts"
import type { Store } from "./store/Store.ts"

/** Everything the library offers over one store: commands, queries, the catalogue and subscriptions. */
export type Stockbook =
  | Reorders
  | StockEngine
  | StockQueries
  | Availability
  | Arrivals
  | CostQueries
  | History
  | Projections
  | Catalog
  | Reasons
  | Subscriptions
  | Replies

/**
 * The services of the library; provide them with an adapter's store.
 *
 * Each call makes services of its own, so that a program may hold several stores: layers are shared by reference, and
 * those of the single services are the same for every store.
 */
export const layer = (options: EngineOptions = {}): Layer.Layer<Stockbook, never, Store> =>
  Layer.effectContext(
    Layer.build(
      Layer.fresh(
        Layer.mergeAll(
          StockEngine.layer(options),
          Availability.layer,
          Reorders.layer,
          StockQueries.layer,
          Arrivals.layer,
          CostQueries.layer,
          History.layer,
          Projections.layer,
          Catalog.layer,
          Reasons.layer,
          Subscriptions.layer,
          Replies.layer
        ).pipe(Layer.provide(CommitSignal.layer))
      )
    )
  )
