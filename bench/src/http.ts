// The service over SQLite beside a bare Express 5 JSON route: 64 connections, rounds taken in turn in one run. A
// reservation is token-checked, validated, decided, and durably committed before it is answered.
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import autocannon from "autocannon"
import { median, percent, perSecond, table } from "./measure.ts"

const connections = 64
const seconds = Number(process.env["SECONDS"] ?? 4)
const rounds = Number(process.env["ROUNDS"] ?? 5)
const server = fileURLToPath(new URL("httpServer.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "stockbook-bench-"))

const start = (...args: ReadonlyArray<string>) =>
  new Promise<{ readonly child: ChildProcess; readonly origin: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, server, ...args], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    child.stdout.once("data", (port) => resolve({ child, origin: `http://127.0.0.1:${String(port).trim()}` }))
    child.once("exit", () => reject(new Error("The server ended")))
  })

const bare = await start("bare")
const stock = await start("stockbook", join(folder, "bench.db"))

const post = async (path: string, body: object, token = "") => {
  const response = await fetch(stock.origin + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body)
  })
  const answer: { readonly access_token: string; readonly id: number } = JSON.parse(await response.text())
  return answer
}
const user = { email: "bench@example.com", username: "bench", password: "a long password" }
await post("/api/v1/auth/register", user)
const { access_token: token } = await post("/api/v1/auth/login-json", user)
const { id } = await post("/api/v1/products/", { name: "Hot", sku: "HOT", unit_price: 1 }, token)
await post("/api/v1/inventory", { product_id: id, available_quantity: 100_000_000, reorder_threshold: 1 }, token)

interface Load {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

let order = 0
const load = async (origin: string): Promise<Load> => {
  const result = await autocannon({
    url: `${origin}/api/v1/inventory/reserve`,
    connections,
    duration: seconds,
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          body: JSON.stringify({ product_id: id, quantity: 1, order_id: `order-${order++}` })
        })
      }
    ]
  })
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return { rate: result["2xx"] / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

await load(bare.origin)
await load(stock.origin)
const results: Array<{ readonly bare: Load; readonly stock: Load }> = []
for (let round = 0; round < rounds; round++)
  results.push({ bare: await load(bare.origin), stock: await load(stock.origin) })

const rate = (of: "bare" | "stock") => median(results.map((result) => result[of].rate))
table(`POST /api/v1/inventory/reserve, ${connections} connections, median of ${rounds} rounds`, [
  ["bare Express 5 JSON route", perSecond(rate("bare"))],
  ["Stockbook over a SQLite file", perSecond(rate("stock"))],
  ["ratio", percent(median(results.map((result) => result.stock.rate / result.bare.rate)))],
  ["latency p50 / p99", `${median(results.map((r) => r.stock.p50))} ms / ${median(results.map((r) => r.stock.p99))} ms`]
])
stock.child.kill()
bare.child.kill()
rmSync(folder, { recursive: true, force: true })
