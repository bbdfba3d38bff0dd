// Pages of 50 of 100,000 items, of as many movements and of as many batches, as clients of APIs A to E get them, over
// Postgres: B's with the variations and batches of each item, of which there are two and one. ITEMS says how many, ROUNDS
// how often each page is read; `<any>` stands for another page each time, `<new>` for a text that was not searched for,
// and `<common>` for such a text that all items have.
import { PgStore } from "@stockbook/adapter-pg"
import { OrganizationId, Stockbook } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { foundAt, startHttp, startReader } from "./httpClient.ts"
import { importItems, things, words } from "./importItems.ts"
import { table } from "./measure.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const items = Number(process.env["ITEMS"] ?? 100_000)
const rounds = Number(process.env["ROUNDS"] ?? 30)
/** Until the service has compiled what it does often, and Postgres has written what was imported. */
const warmUp = 20
const last = Math.floor(items / 50)
const middle = Math.floor(last / 2)

const A = "/inventory/?per_page=50"
const B = "/api/inventories?per_page=50"
const C = "/api/v1/inventory?limit=50"
const D = "/api/v1/products/?page_size=50"
const ledger = "/api/v1/stock-movements/?page_size=50"
const E = "/products/?limit=50"
const batches = "/stocks/?limit=50"
const pages: ReadonlyArray<string> = [
  A,
  `${A}&page=${middle}`,
  `${A}&warehouse=MAIN&page=${middle}`,
  `${A}&low_stock_only=true`,
  B,
  `${B}&page=${middle}`,
  `${B}&page=${last}`,
  `${B}&stock_status=in_stock&page=${Math.floor(middle / 2)}`,
  `${B}&stock_status=low_stock&low_stock_threshold=20`,
  `${B}&has_variations=true&page=${middle}`,
  `${B}&category_id=7`,
  `${B}&search=drill&page=20`,
  `${B}&search=drill&stock_status=in_stock&page=20`,
  `${B}&search=no-such-thing`,
  C,
  `${C}&skip=${middle * 50}`,
  `${C}&low_stock_only=true`,
  D,
  `${D}&page=${middle}`,
  `${D}&page=${last}`,
  `${D}&sort_by=name_asc&page=${middle}`,
  `${D}&sort_by=stock_desc&page=${middle}`,
  `${D}&search=drill&page=20`,
  `${D}&search=drill&sort_by=stock_desc&page=20`,
  ledger,
  `${ledger}&page=${middle}`,
  `${ledger}&page=${last}`,
  `${ledger}&movement_type=adjustment&page=${middle}`,
  `${ledger}&search=no-such-thing`,
  E,
  `${E}&skip=${middle * 50}`,
  `${E}&search=drill&skip=1000`,
  batches,
  `${batches}&skip=${middle * 50}`,
  `${A}&page=<any>`,
  `${B}&page=<any>`,
  `${B}&search=drill&page=<any>`,
  `${B}&search=<new>`,
  `${D}&sort_by=name_asc&page=<any>`,
  `${D}&search=<new>&page=20`,
  `${ledger}&page=<any>`
]
/** Read after all of the others: each leaves so much behind that collecting it would be part of their figures. */
const large: ReadonlyArray<string> = [`${B}&search=<common>`, `${D}&search=<common>&page=20`]

/** What is in the description of every item. */
const everywhere = "made for those who need number"

/** Three letters in a row or more of a text. */
const partsOf = (text: string): ReadonlyArray<string> =>
  Array.from({ length: text.length - 2 }, (_, from) => text.slice(from)).flatMap((rest) =>
    Array.from({ length: rest.length - 2 }, (_, n) => rest.slice(0, n + 3))
  )

/** What every eighth or ninth item has in its name, and other items do not have. */
const texts = [...new Set([...things, ...words].map((word) => word.toLowerCase()).flatMap(partsOf))].filter(
  (text) => !everywhere.includes(text)
)
const commonTexts = [...new Set(partsOf(everywhere))].filter((text) => text.trim() === text)

const textAt = (of: ReadonlyArray<string>, round: number): string =>
  encodeURIComponent(of[(round + warmUp) % of.length] ?? "")

const addressOf = (page: string, round: number): string => {
  const found = page.includes("search=") ? Math.floor(last / things.length) : last
  const any = Math.floor(Math.random() * found) + 1
  return page
    .replace("<any>", String(any))
    .replace("<new>", textAt(texts, round))
    .replace("<common>", textAt(commonTexts, round))
}

const database = await startBenchServer()
const { origin, child } = await startHttp("stockbook", database.url)
const { token, organization } = await foundAt(origin)
const imported = await Effect.runPromise(
  Effect.provide(
    importItems(items, { organization: OrganizationId.make(organization), variations: 2 }),
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url: database.url })))
  )
)
await withClient(database.url, async (client) => {
  await client.query(`INSERT INTO stockbook.batches (organization, id, item, variation, created_at, updated_at, active,
    quarantined, name) SELECT organization, id, id, 0, created_at, created_at, true, false, 'LOT-1' FROM stockbook.items`)
  await client.query("VACUUM ANALYZE")
})

const times = new Map<string, Array<number>>([...pages, ...large].map((page) => [page, []]))
const reader = startReader(origin, token)
for (const group of [pages, large]) {
  for (let round = -warmUp; round < rounds; round++) {
    const took = await reader.read(group.map((page) => addressOf(page, round)))
    if (round >= 0) for (const [n, page] of group.entries()) times.get(page)?.push(took[n] ?? Number.NaN)
  }
}

const quantile = (each: ReadonlyArray<number>, q: number): string =>
  (each.toSorted((a, b) => a - b)[Math.min(each.length - 1, Math.floor(each.length * q))] ?? Number.NaN).toFixed(1)
table(
  `${items.toLocaleString("en-US")} items with variations imported in ${imported.seconds.toFixed(0)} s; pages of 50, p50 / p95 of ${rounds}, ms`,
  Array.from(times, ([page, each]) => [page, `${quantile(each, 0.5)} / ${quantile(each, 0.95)}`])
)
reader.child.kill()
child.kill()
await database.stop()
