import { Context, Effect, Layer } from "effect"
import { IdentityDriver } from "../../identity/IdentityDriver.ts"
import { Store } from "../Store.ts"
import { memoryCatalog } from "./MemoryCatalog.ts"
import { memoryDeliveries } from "./MemoryDeliveries.ts"
import { memoryIdentity } from "./MemoryIdentity.ts"
import { memoryLedger } from "./MemoryLedger.ts"
import { memoryReasons } from "./MemoryReasons.ts"
import { memoryReplies } from "./MemoryReplies.ts"
import { memoryStock } from "./MemoryStock.ts"
import { emptyTables } from "./Tables.ts"

/** A store in this process's memory, for tests and trials: right in every respect, but gone with the process. */
export const layer: Layer.Layer<Store | IdentityDriver> = Layer.effectContext(
  Effect.sync(() => {
    const tables = emptyTables()
    return Context.make(
      Store,
      Store.of({
        stock: memoryStock(tables),
        ledger: memoryLedger(tables),
        catalog: memoryCatalog(tables),
        deliveries: memoryDeliveries(tables),
        reasons: memoryReasons(tables),
        replies: memoryReplies(tables),
        ready: Effect.void
      })
    ).pipe(Context.add(IdentityDriver, memoryIdentity(tables)))
  })
)
