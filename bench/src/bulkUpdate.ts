// `POST /inventory/bulk-update` of 10,000 rows over HTTP, on a SQLite file and on Postgres: each row for itself, and all
// of them or none; deliveries, and rows with every setting. Products are made anew for each kind, rounds in turn.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { type StockbookOptions, stockbook } from "@stockbook/http"
import express from "express"
import { median, table } from "./measure.ts"
import { startBenchServer } from "./pgServer.ts"

const rows = Number(process.env["ROWS"] ?? 10_000)
const rounds = Number(process.env["ROUNDS"] ?? 5)

/** A service over a store, with an admin's token and so many products. */
const serve = async (store: StockbookOptions["store"]) => {
  const tokens = { secret: "a secret for the benchmark, long enough" }
  const router = stockbook({ store, tokens, log: () => {} } as StockbookOptions)
  await router.ready
  const server = express().use(router).listen(0)
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : ""}`
  let token = ""
  const send = async (method: string, path: string, body: object): Promise<{ readonly [field: string]: unknown }> => {
    const response = await fetch(origin + path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`)
    return JSON.parse(text)
  }
  const user = { email: "bench@example.com", username: "bench", password: "a long password" }
  await send("POST", "/api/v1/auth/register", user)
  token = String((await send("POST", "/api/v1/auth/login-json", user))["access_token"])
  const ids: Array<number> = []
  const make = async (n: number) => {
    const { id } = await send("POST", "/api/v1/products", { name: `Product ${n}`, sku: `P-${n}`, unit_price: 1 })
    ids.push(Number(id))
  }
  for (let n = 0; n < rows; n += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => make(n + k)))
  return {
    ids,
    send,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await router.close()
    }
  }
}

const deliveries = (ids: ReadonlyArray<number>) =>
  ids.map((product_id) => ({ product_id, quantity: 5, movement_type: "RESTOCK" }))

/** Other settings each time, so that each changes something. */
const settings = (ids: ReadonlyArray<number>, round: number) =>
  ids.map((product_id) => ({
    product_id,
    quantity_available: 100 + round,
    low_stock_threshold: 10 + round,
    reorder_point: 5 + round,
    max_stock_level: 500 + round
  }))

const measure = async (name: string, store: StockbookOptions["store"]) => {
  const service = await serve(store)
  const timed = async (query: string, body: ReadonlyArray<object>) => {
    const started = performance.now()
    const { updated } = await service.send("POST", `/inventory/bulk-update${query}`, body)
    if (updated !== rows) throw new Error(`${updated} of ${rows} rows were updated`)
    return performance.now() - started
  }
  const kinds = ["deliveries, each", "deliveries, atomic", "all settings, each", "all settings, atomic"]
  const times = kinds.map(() => [] as Array<number>)
  for (let round = 0; round < rounds; round++) {
    for (const [kind, taken] of times.entries()) {
      const body = kind < 2 ? deliveries(service.ids) : settings(service.ids, 2 * round + kind)
      taken.push(await timed(kind % 2 === 0 ? "" : "?atomic=true", body))
    }
  }
  const seconds = (millis: number) => `${(millis / 1000).toFixed(2)} s`
  table(
    `bulk-update of ${rows.toLocaleString("en-US")} rows on ${name}, ${rounds} rounds: median (slowest)`,
    kinds.map((kind, at) => {
      const taken = times[at] ?? []
      return [kind, `${seconds(median(taken))} (${seconds(Math.max(...taken))})`] as const
    })
  )
  await service.close()
}

const folder = mkdtempSync(join(tmpdir(), "stockbook-bench-"))
await measure("SQLite", SqliteStore.layer({ filename: join(folder, "bench.db") }))
rmSync(folder, { recursive: true, force: true })
const postgres = await startBenchServer()
await measure("Postgres", PgStore.layer({ url: postgres.url }))
await postgres.stop()
