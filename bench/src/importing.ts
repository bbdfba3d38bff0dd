// Imports 100,000 items with their opening stock, on SQLite and on Postgres, through the same services that anyone uses:
// `Catalog.createItems` and `Receive`, a thousand to each. ITEMS says how many, CONCURRENCY how many thousands are under
// way at a time, STORES which stores.
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Stockbook, StockQueries } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { importItems } from "./importItems.ts"
import { table } from "./measure.ts"
import { startBenchServer } from "./pgServer.ts"

const items = Number(process.env["ITEMS"] ?? 100_000)
const concurrency = Number(process.env["CONCURRENCY"] ?? 4)
const stores = (process.env["STORES"] ?? "sqlite,postgres").split(",")

const program = Effect.fnUntraced(function* (name: string) {
  const { organization, seconds, catalogue, stock } = yield* importItems(items, { concurrency })
  const movements = yield* StockQueries.use((queries) => queries.countMovements({ organization }))
  if (movements !== items) return yield* Effect.die(`${movements} of ${items} items have stock`)
  const { user, system } = process.cpuUsage()
  table(`${name}: ${items.toLocaleString("en-US")} items with opening stock, ${concurrency} × 1,000 at a time`, [
    ["in all", `${seconds.toFixed(1)} s`],
    ["items per second", Math.round(items / seconds).toLocaleString("en-US")],
    ["waited for the catalogue", `${catalogue.toFixed(1)} s`],
    ["waited for the stock", `${stock.toFixed(1)} s`],
    ["processor time of this process so far", `${((user + system) / 1e6).toFixed(1)} s`]
  ])
})

if (stores.includes("sqlite")) {
  const folder = mkdtempSync(join(process.cwd(), ".bench-"))
  const store = SqliteStore.layer({ filename: join(folder, "import.db") })
  await Effect.runPromise(Effect.provide(program("SQLite"), Stockbook.layer().pipe(Layer.provideMerge(store))))
  rmSync(folder, { recursive: true })
}
if (stores.includes("postgres")) {
  const server = await startBenchServer()
  const store = PgStore.layer({ url: server.url })
  await Effect.runPromise(Effect.provide(program("Postgres"), Stockbook.layer().pipe(Layer.provideMerge(store))))
  await server.stop()
}
