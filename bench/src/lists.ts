// Pages of 50 of a list of 100,000 items, on SQLite and on Postgres, in every order and at every depth a client may ask
// for, and how long the items took to import with their opening stock, through the same services that anyone uses.
// ITEMS says how many, ROUNDS how often each page is read, STORES which stores.
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Catalog, type ItemFilter, type OrganizationId, Stockbook } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { importItems } from "./importItems.ts"
import { table } from "./measure.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const items = Number(process.env["ITEMS"] ?? 100_000)
const rounds = Number(process.env["ROUNDS"] ?? 40)
const stores = (process.env["STORES"] ?? "sqlite,postgres").split(",")

type Page = readonly [name: string, filter: Partial<ItemFilter>]

const deep = Math.floor(items * 0.9)
const pages: ReadonlyArray<Page> = [
  ["id_asc, first", {}],
  ["id_asc, deep", { offset: deep }],
  ["created_desc, active, first", { sort: "created_desc", active: true }],
  ["created_desc, active, deep", { sort: "created_desc", active: true, offset: deep }],
  ["name_asc, deep", { sort: "name_asc", offset: deep }],
  ["name_desc, active, deep", { sort: "name_desc", active: true, offset: deep }],
  // The middle is as far as a page can be from the nearer end.
  ["name_desc, active, middle", { sort: "name_desc", active: true, offset: Math.floor(items / 2) }],
  ["stock_asc, middle", { sort: "stock_asc", offset: Math.floor(items / 2) }],
  ["price_desc, deep", { sort: "price_desc", active: true, offset: deep }],
  ["stock_asc, deep", { sort: "stock_asc", offset: deep }],
  ["stock_desc, active, deep", { sort: "stock_desc", active: true, offset: deep }],
  ["category, name_asc", { categoryId: 7, sort: "name_asc", active: true } as Partial<ItemFilter>],
  ["on hand 1 to 20, active", { onHandFrom: 1, onHandTo: 20, active: true }],
  ["opened, deep", { opened: true, offset: deep }],
  ["low stock, active", { lowStock: true, active: true }],
  ["search: finds none", { search: "no such thing", active: true, sort: "created_desc" }],
  ["search: finds one, by SKU", { search: `sku-${items - 2}`, active: true, sort: "name_asc" }],
  ["search: finds a ninth, deep", { search: "drill", active: true, sort: "name_desc", offset: Math.floor(items / 10) }],
  [
    "search: finds a ninth, by stock",
    { search: "drill", active: true, sort: "stock_desc", offset: Math.floor(items / 20) }
  ],
  ["search: finds a ninth, in stock", { search: "drill", onHandFrom: 1, offset: Math.floor(items / 20) }],
  ["search: finds all, deep", { search: "e", active: true, sort: "stock_desc", offset: deep }],
  ["search in name and barcode", { search: "00000999", searchIn: ["name", "barcode"], active: true }]
]

const quantile = (times: ReadonlyArray<number>, q: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? Number.NaN

const measure = Effect.fnUntraced(function* (organization: OrganizationId) {
  const catalog = yield* Catalog
  const times = new Map<string, Array<number>>(pages.map(([name]) => [name, []]))
  // Rounds alternate, so that a change of weather meets all.
  for (let round = -3; round < rounds; round++) {
    for (const [name, filter] of pages) {
      const started = performance.now()
      yield* catalog.items({ organization, offset: 0, limit: 50, ...filter })
      if (round >= 0) times.get(name)?.push(performance.now() - started)
    }
  }
  return times
})

const program = Effect.fnUntraced(function* (name: string, settle: () => Promise<void>) {
  const { organization, seconds } = yield* importItems(items)
  yield* Effect.promise(settle)
  const times = yield* measure(organization)
  table(
    `${name}: ${items.toLocaleString("en-US")} items imported in ${seconds.toFixed(1)} s; pages of 50, p50 / p95 of ${rounds}, ms`,
    Array.from(times, ([page, each]) => [
      page,
      `${quantile(each, 0.5).toFixed(1)} / ${quantile(each, 0.95).toFixed(1)}`
    ])
  )
})

if (stores.includes("sqlite")) {
  const folder = mkdtempSync(join(process.cwd(), ".bench-"))
  const store = SqliteStore.layer({ filename: join(folder, "lists.db") })
  const run = program("SQLite", async () => {})
  await Effect.runPromise(Effect.provide(run, Stockbook.layer().pipe(Layer.provideMerge(store))))
  rmSync(folder, { recursive: true })
}
if (stores.includes("postgres")) {
  const server = await startBenchServer()
  const store = PgStore.layer({ url: server.url })
  const settle = () => withClient(server.url, async (client) => void (await client.query("VACUUM ANALYZE")))
  await Effect.runPromise(
    Effect.provide(program("Postgres", settle), Stockbook.layer().pipe(Layer.provideMerge(store)))
  )
  await server.stop()
}
