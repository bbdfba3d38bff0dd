import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Stockbook, StockQueries } from "@stockbook/core"
import { Effect, Layer } from "effect"

/** How many differences there are between what a database says of stock and what its ledger comes to. */
export const verified = (url: string): Promise<number> => {
  const store: Layer.Layer<Layer.Success<ReturnType<typeof PgStore.layer>>, unknown> = url.startsWith("sqlite:")
    ? SqliteStore.layer({ filename: url.slice("sqlite:".length) })
    : PgStore.layer({ url })
  return StockQueries.use((queries) => queries.verify(null)).pipe(
    Effect.map(({ differences }) => differences.length),
    Effect.provide(Stockbook.layer().pipe(Layer.provide(store))),
    Effect.runPromise
  )
}
