// Reservations and queries with much in the tables, beside the same reservations with little. ITEMS and MOVEMENTS (of
// all items together) say how much, SECONDS how long each round takes, ROUNDS how many there are.
import { Catalog, ItemId, OrganizationId, StockQueries } from "@stockbook/core"
import { Schema } from "effect"
import { median, percent, perSecond, table } from "./measure.ts"
import { fill, type Size } from "./pgFill.ts"
import { type EngineUnderLoad, engineUnderLoad, type Measured, uniform } from "./pgLoad.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const items = Number(process.env["ITEMS"] ?? 1_000_000)
const movements = Number(process.env["MOVEMENTS"] ?? 10_000_000)
const seconds = Number(process.env["SECONDS"] ?? 3)
const rounds = Number(process.env["ROUNDS"] ?? 5)

const few = 10_000
const size: Size = { organizations: 1, items, movements: Math.round(movements / items) }

const server = await startBenchServer()
const { url } = server
const started = performance.now()
await fill(url, "small", { organizations: 1, items: few, movements: 1 }, console.log)
await fill(url, "large", size, console.log)
console.log(`Loaded in ${((performance.now() - started) / 1000).toFixed(0)} s`)
await withClient(url, (client) => client.query("VACUUM"))

const small = engineUnderLoad({ url, road: "fast", name: "small", schema: "small" })
const large = engineUnderLoad({ url, road: "fast", name: "large", schema: "large" })

/** Reservations of `n` items, measured once they have run for a second. */
const among = (engine: EngineUnderLoad, n: number, callers: number) => async () => {
  const draw = uniform(n)
  const pick = () => ({ organization: 1, item: draw() })
  await engine.run({ callers, seconds: 1, pick })
  return engine.run({ callers, seconds, pick })
}

/**
 * Reserves each of the few items once after a checkpoint. The first change to a page writes the whole page to the log,
 * and in the large table each item has pages of its own: a few seconds right after a checkpoint, as a round is, would be
 * little else, where a server has minutes between two.
 */
const touchAll = async (engine: EngineUnderLoad) => {
  let touched = 0
  while (touched < few) {
    await engine.run({ callers: 512, seconds: 1, pick: () => ({ organization: 1, item: (touched++ % few) + 1 }) })
  }
}
const anywhere = uniform(items)
const organization = Schema.decodeSync(OrganizationId)(1)
const anyItem = () => Schema.decodeSync(ItemId)(anywhere())
const ask = (question: Parameters<EngineUnderLoad["ask"]>[0]) => () => large.ask(question, seconds)

const contestants: ReadonlyArray<readonly [name: string, run: () => Promise<Measured>]> = [
  ["small, hot, 32", among(small, 1, 32)],
  ["large, hot, 32", among(large, 1, 32)],
  [`small, ${few} items, 32`, among(small, few, 32)],
  [`large, ${few} items, 32`, among(large, few, 32)],
  [`small, ${few} items, 512`, among(small, few, 512)],
  [`large, ${few} items, 512`, among(large, few, 512)],
  ["large, all items, 512", among(large, items, 512)],
  ["item balance", ask(() => StockQueries.use(({ stock }) => stock(organization, anyItem())))],
  [
    "movement page of an item",
    ask(() =>
      StockQueries.use((queries) =>
        queries.movements({ organization, item: anyItem() }, { limit: 50, order: "newest" })
      )
    )
  ],
  [
    "movement page of the organization",
    ask(() => StockQueries.use((queries) => queries.movements({ organization }, { limit: 50, order: "newest" })))
  ],
  [
    "low-stock list",
    ask(() => Catalog.use((catalog) => catalog.items({ organization, lowStock: true, offset: 0, limit: 50 })))
  ],
  [
    "balance as of a past instant",
    ask(() =>
      StockQueries.use((queries) => queries.balanceAsOf(organization, anyItem(), Math.ceil(size.movements / 2)))
    )
  ]
]

const results = new Map<string, Array<Measured>>(contestants.map(([name]) => [name, []]))
for (let round = 0; round <= rounds; round++) {
  await withClient(url, (client) => client.query("CHECKPOINT"))
  for (const engine of [small, large]) await touchAll(engine)
  for (const [name, run] of contestants) {
    const result = await run()
    // The first round warms all of them up.
    if (round > 0) results.get(name)?.push(result)
  }
}
await Promise.all([small.close(), large.close()])

const rounded = (figure: number) => figure.toLocaleString("en-US")
table(
  `${rounded(items)} items and ${rounded(items * size.movements)} movements, median of ${rounds} rounds of ${seconds} s, ${server.settings.join(" ")}`,
  Array.from(results, ([name, measured]) => {
    const figure = (of: (round: Measured) => number) => median(measured.map(of))
    const parts = [(m: Measured) => m.p50, (m: Measured) => m.p95, (m: Measured) => m.p99]
    const failed = measured.reduce((sum, round) => sum + round.failed, 0)
    const latencies = parts.map((part) => figure(part).toFixed(2)).join(" / ")
    return [
      name,
      `${perSecond(figure((m) => m.rate)).padStart(10)}   ${latencies} ms${failed > 0 ? `, ${failed} failed` : ""}`
    ]
  })
)
table(
  "Large against small",
  ["hot, 32", `${few} items, 32`, `${few} items, 512`].map((name) => {
    const [of, against] = [results.get(`large, ${name}`) ?? [], results.get(`small, ${name}`) ?? []]
    const ratio = median(of.map(({ rate }, round) => rate / (against[round]?.rate ?? Number.NaN)))
    return [name, `${percent(ratio)}, ${ratio >= 0.8 ? "meets" : "misses"} ≥ 80 %`]
  })
)
await server.stop()
