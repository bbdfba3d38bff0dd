// The service beside a bare Express 5 JSON route: 64 connections, rounds taken in turn in one run. A request is
// token-checked, validated, decided, and durably committed before it is answered. Over a SQLite file, or over Postgres with
// fsync on: STORE=postgres. SECONDS and ROUNDS may be given.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import autocannon from "autocannon"
import { type BenchHttp, foundAt, postTo, startHttp } from "./httpClient.ts"
import { median, percent, perSecond, table } from "./measure.ts"
import { startBenchServer } from "./pgServer.ts"

const connections = 64
const seconds = Number(process.env["SECONDS"] ?? 4)
const rounds = Number(process.env["ROUNDS"] ?? 5)
const store = process.env["STORE"] === "postgres" ? "Postgres" : "a SQLite file"

const openDatabase = async () => {
  if (store === "Postgres") return startBenchServer()
  const folder = mkdtempSync(join(tmpdir(), "stockbook-bench-"))
  return { url: join(folder, "bench.db"), stop: async () => rmSync(folder, { recursive: true, force: true }) }
}

const database = await openDatabase()
const bare = await startHttp("bare")
const stock = await startHttp("stockbook", database.url)

const post = postTo(stock.origin)
const { token } = await foundAt(stock.origin)
const { id } = await post("/api/v1/products/", { name: "Hot", sku: "HOT", unit_price: 1 }, token)
await post("/api/v1/inventory", { product_id: id, available_quantity: 100_000_000, reorder_threshold: 1 }, token)
const shirt = { inventory_id: id, variation_type: "Size", variation_value: "Medium", stock_quantity: 100_000_000 }
const { id: variation_id } = (await post("/api/inventory-variations", shirt, token)).data

interface Load {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

let order = 0
const reserve = () => ({ product_id: id, quantity: 1, order_id: `order-${order++}` })
const move = () => ({ variation_id, quantity: 1, note: "Sale" })

/** What is measured: a server, a path of it, and what each request sends. */
const contestants: Readonly<Record<string, readonly [BenchHttp, string, () => object]>> = {
  "bare Express 5 JSON route": [bare, "/api/v1/inventory/reserve", reserve],
  "POST /api/v1/inventory/reserve": [stock, "/api/v1/inventory/reserve", reserve],
  "POST /api/inventory/{id}/stock/reduce": [stock, `/api/inventory/${id}/stock/reduce`, move],
  "POST /api/inventory/{id}/stock/add": [stock, `/api/inventory/${id}/stock/add`, move]
}
const names = Object.keys(contestants)

const load = async (name: string): Promise<Load> => {
  const [server, path, body] = contestants[name] ?? [bare, "/", reserve]
  const result = await autocannon({
    url: `${server.origin}${path}`,
    connections,
    duration: seconds,
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    requests: [{ setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }) }]
  })
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return { rate: result["2xx"] / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

for (const name of names) await load(name)
const results = new Map<string, Array<Load>>(names.map((name) => [name, []]))
for (let round = 0; round < rounds; round++) for (const name of names) results.get(name)?.push(await load(name))

const [against = ""] = names
const figures = (name: string) => results.get(name) ?? []
table(
  `Stockbook over ${store}, ${connections} connections, median of ${rounds} rounds: rate, share of the bare route, p50 / p99`,
  names.map((name) => {
    const rate = perSecond(median(figures(name).map((load) => load.rate)))
    const share = percent(median(figures(name).map((load, n) => load.rate / (figures(against)[n]?.rate ?? Number.NaN))))
    const latency = (["p50", "p99"] as const).map((part) => `${median(figures(name).map((load) => load[part]))} ms`)
    return [name, [rate.padStart(10), share.padStart(6), latency.join(" / ")].join("   ")]
  })
)
stock.child.kill()
bare.child.kill()
await database.stop()
