import { PgClient } from "@effect/sql-pg/PgClient"
import { layer } from "@effect/vitest"
import {
  Catalog,
  History,
  HoldId,
  ItemId,
  OrganizationId,
  Stockbook,
  StockEngine,
  StockQueries,
  Store
} from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { expect } from "vitest"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { fillStatements } from "./support/fill.ts"
import { explaining, type Scan, scansOf } from "./support/plans.ts"
import { startServer, type TestServer } from "./support/TestServer.ts"

class Server extends Context.Service<Server, TestServer>()("test/Server") {}

/** Every organization is small beside all of them, and much for one page. */
const size = { organizations: 10, items: 2_000, movements: 4 }

/** Of the open holds, as `fill` makes them without, a third expire some time, and a few are overdue. */
const expiries = [
  `UPDATE hold_lines SET reference = 'order-' || hold, expires_at = CASE WHEN hold % 4000 = 3 THEN 1
    ELSE floor(extract(epoch FROM now()) * 1000) + 3600000 + hold END WHERE hold % 3 = 0 OR hold % 4000 = 3`,
  // An order that was cancelled some time.
  `UPDATE hold_lines SET status = 'released', released = held, reserved = 0 WHERE hold % 3 = 0 AND hold % 5 = 0`,
  "VACUUM ANALYZE"
]

const filled = Layer.effectDiscard(
  Effect.gen(function* () {
    const connection = yield* (yield* PgClient).reserve
    const unexplained = "SET auto_explain.log_min_duration = -1"
    for (const statement of [
      unexplained,
      ...fillStatements(size),
      ...expiries,
      "RESET auto_explain.log_min_duration"
    ]) {
      yield* connection.executeUnprepared(statement, [], undefined)
    }
  }).pipe(Effect.scoped)
)

/** A store on a server of its own, and the server. */
const storeOn = (settings: ReadonlyArray<string>) =>
  Layer.effect(
    Server,
    Effect.acquireRelease(
      Effect.promise(() => startServer(settings)),
      (server) => Effect.promise(server.stop)
    )
  ).pipe(
    Layer.flatMap((context) => {
      const server = Context.get(context, Server)
      const url = `${server.url}/postgres`
      const store = Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })))
      return Layer.mergeAll(store, adminOf(url), Layer.succeed(Server, server))
    })
  )

const subject = filled.pipe(Layer.provideMerge(storeOn(explaining)))

const organization = OrganizationId.make(4)
const item = ItemId.make(3 * size.items + 77)
const page = { limit: 50, order: "newest" } as const
const queries = StockQueries.use.bind(StockQueries)
const list = (filter: object) =>
  Catalog.use((catalog) => catalog.items({ organization, offset: 0, limit: 50, ...filter }))

/** Tables that grow without end, or with what is sold. */
const large = ["items", "item_stock", "balances", "movements", "hold_lines", "idempotency", "outbox"]

interface Expected {
  /** How many rows of large tables are looked at, at most. */
  readonly rows: number
  /** Indexes that are used, among others. */
  readonly uses: ReadonlyArray<string>
}

const wrong = (scans: ReadonlyArray<Scan>, { rows, uses }: Expected) => {
  const ofLarge = scans.filter(({ table }) => large.includes(table))
  return {
    whole: ofLarge.filter(({ kind }) => kind === "Seq Scan" || kind === "Parallel Seq Scan"),
    long: ofLarge.filter((scan) => scan.rows > rows),
    unused: uses.filter((index) => !ofLarge.some((scan) => scan.index === index))
  }
}

const nothingWrong = { whole: [], long: [], unused: [] }

const orders = ["id_asc", "name_asc", "name_desc", "stock_asc", "stock_desc", "created_asc", "created_desc"] as const

/** What is asked, and what it may cost: a page, not the organization, and never all organizations. */
const cases: ReadonlyArray<
  readonly [name: string, question: Effect.Effect<unknown, unknown, Stockbook.Stockbook | Store>, expected: Expected]
> = [
  [
    "an item's balances",
    queries(({ stock }) => stock(organization, item)),
    { rows: 10, uses: ["item_stock_pkey", "balances_pkey"] }
  ],
  [
    "an item's balances as they were",
    queries(({ balanceAsOf }) => balanceAsOf(organization, item, 3)),
    // It is found by bisection, a row for each of the steps.
    { rows: 60, uses: ["movements_by_item"] }
  ],
  [
    "a page of an organization's totals as they were",
    History.use((history) => history.totalsAsOf(organization, 3, { limit: 50 })),
    { rows: 60 * 52, uses: ["movements_by_item"] }
  ],
  [
    "a page of an organization's leaves as they were",
    History.use((history) => history.leavesAsOf(organization, 3, { limit: 50 })),
    { rows: 60 * 52, uses: ["movements_by_item"] }
  ],
  [
    "a statement of an item",
    History.use((history) => history.statement(organization, item, { from: 3, until: 9 }, { limit: 50 })),
    { rows: 60, uses: ["movements_by_item"] }
  ],
  [
    "the flows of an item",
    History.use((history) => history.flows({ organization, item })),
    { rows: size.movements, uses: ["movements_by_item"] }
  ],
  [
    "a page of an organization's movements that sold something, far down",
    queries(({ movements }) => movements({ organization, passage: "sold" }, { ...page, offset: 100 })),
    { rows: 200 + size.movements * size.items, uses: ["passages"] }
  ],
  [
    "the first page of the movements of an item from one place to another",
    queries(({ movements }) => movements({ organization, item, passage: "any" }, page)),
    { rows: size.movements, uses: ["movements_by_item"] }
  ],
  [
    "the first page of an item's movements",
    queries(({ movements }) => movements({ organization, item }, page)),
    { rows: size.movements, uses: ["movements_by_item"] }
  ],
  [
    "the first page of an organization's movements",
    queries(({ movements }) => movements({ organization }, page)),
    { rows: 50, uses: ["movements_pkey"] }
  ],
  [
    "a page of movements far down",
    queries(({ movements }) => movements({ organization }, { ...page, after: 2 * 20_000 + 13_000 })),
    { rows: 50, uses: ["movements_pkey"] }
  ],
  [
    "the movements of a hold",
    queries(({ movements }) => movements({ organization, hold: HoldId.make(52_153) }, page)),
    { rows: size.movements, uses: ["movements_by_item", "hold_lines_pkey"] }
  ],
  [
    "a hold by its id",
    queries(({ hold }) => hold(organization, { id: HoldId.make(52_153) })),
    { rows: 1, uses: ["hold_lines_pkey"] }
  ],
  [
    "an open hold by its reference",
    queries(({ hold }) => hold(organization, { reference: "order-132153" })),
    { rows: 1, uses: ["live_references"] }
  ],
  [
    "a past hold by its reference",
    queries(({ hold }) => hold(organization, { reference: "order-132165" })),
    { rows: 1, uses: ["past_references"] }
  ],
  [
    "an item's holds",
    queries(({ holds }) => holds({ organization, item }, page)),
    { rows: 10, uses: ["hold_lines_by_item"] }
  ],
  ["holds that are due", Store.use(({ ledger }) => ledger.dueHolds(500)), { rows: 20, uses: ["expiring"] }],
  ["items low on stock", list({ lowStock: true }), { rows: 60, uses: ["item_stock_low"] }],
  [
    "an item by its SKU",
    Catalog.use(({ itemBySku }) => itemBySku(organization, "SKU-6077")),
    { rows: 10, uses: ["item_skus"] }
  ],
  ["a search that was made before", list({ search: "item 60", offset: 50 }), { rows: 60, uses: [] }],
  ...orders.map((sort) => [`items by ${sort}`, list({ sort }), { rows: 60, uses: [] }] as const),
  ...orders.map(
    (sort) => [`items by ${sort}, page 30`, list({ sort, offset: 1_500 }), { rows: 510, uses: [] }] as const
  ),
  [
    "items of a kind, far down",
    list({ active: true, hasVariations: false, offset: 1_500 }),
    { rows: 510, uses: ["items_pkey"] }
  ]
]

layer(subject, { timeout: "120 seconds", excludeTestServices: true })("An index leads to", (it) => {
  for (const [name, question, expected] of cases) {
    it.effect(name, () =>
      Effect.gen(function* () {
        // Its first look at a table reads the catalogue, and its first of a connection plans anew.
        yield* question
        const scans = yield* scansOf(yield* Server, question)
        expect(wrong(scans, expected)).toEqual(nothingWrong)
      })
    )
  }

  it.effect("everything that a sale reads and writes", () =>
    Effect.gen(function* () {
      const engine = yield* StockEngine
      const lines = [{ item, quantity: 1 }] as const
      const sell = (order: string) =>
        Effect.gen(function* () {
          yield* engine.execute({ _tag: "Reserve", organization, reference: order, lines }, { idempotencyKey: order })
          yield* engine.execute({ _tag: "Fulfil", organization, hold: { reference: order } })
        })
      // The first takes the locked road, the next the fast one.
      for (const order of ["first", "second"]) {
        const scans = yield* scansOf(yield* Server, sell(order))
        const uses = ["item_stock_pkey", "balances_pkey", ...(order === "first" ? ["idempotency_pkey"] : [])]
        expect(wrong(scans, { rows: 10, uses })).toEqual(nothingWrong)
      }
    })
  )
})

layer(storeOn([...explaining, "autovacuum=off"]), { timeout: "120 seconds", excludeTestServices: true })(
  "Whatever Postgres has seen of the tables",
  (it) => {
    it.effect(
      "a page of items takes no longer for the holds that came since it was planned, before it ever looked",
      () =>
        Effect.gen(function* () {
          const sql = yield* PgClient
          const few = fillStatements({ organizations: 1, items: 60, movements: 2 })
          for (const statement of few.filter((each) => each !== "ANALYZE")) yield* sql.unsafe(statement)
          const first = Catalog.use((catalog) =>
            catalog.items({ organization: OrganizationId.make(1), offset: 0, limit: 50 })
          )
          // After five times Postgres keeps to one plan, on each connection.
          yield* Effect.repeat(first, { times: 80 })
          yield* sql.unsafe(`INSERT INTO hold_lines (organization, hold, line, created_at, item, variation, batch, location,
            held, reserved, committed, fulfilled, released, expired, status, fingerprint, expires_at)
          SELECT organization, 1000000 + n, line, created_at, 1, variation, batch, location, held, reserved, committed,
            fulfilled, released, expired, status, fingerprint, 9007199254740991
          FROM (SELECT * FROM hold_lines ORDER BY hold LIMIT 1) one, generate_series(1, 20000) n`)
          const scans = yield* scansOf(yield* Server, first)
          expect(scans.filter((scan) => scan.rows > 60)).toEqual([])
        })
    )

    it.effect("nor for the items of an organization that came since it looked at small ones", () =>
      Effect.gen(function* () {
        const catalog = yield* Catalog
        for (let n = 0; n < 200; n++) yield* organizationWith(2)
        yield* PgClient.use((sql) => sql.unsafe("ANALYZE"))
        const list = { organization: yield* organizationWith(4_000), active: true, limit: 50 }
        // After five times Postgres keeps to one plan.
        for (let n = 0; n < 12; n++) yield* catalog.items({ ...list, offset: n * 50 })
        const scans = yield* scansOf(yield* Server, catalog.items({ ...list, offset: 0 }))
        const grown = ["items", "item_stock"]
        expect(scans.filter(({ table, rows }) => grown.includes(table) && rows > 60)).toEqual([])
      })
    )

    it.effect("a search for what nearly all items have in their names goes by the index, and finds them in order", () =>
      Effect.gen(function* () {
        const catalog = yield* Catalog
        const organization = yield* organizationWith(4_000)
        const oldest = { organization, sort: "id_asc", offset: 0, limit: 50 } as const
        const ids = (yield* catalog.items(oldest)).rows.map(({ id }) => id)
        // It lies behind all others from now on, and is the first of them nonetheless.
        for (const id of ids.slice(0, 1)) yield* catalog.updateItem(organization, id, { name: "Another item" })
        yield* PgClient.use((sql) => sql.unsafe("ANALYZE"))
        for (const sort of ["id_asc", "created_desc", "name_asc"] as const) {
          const search = catalog.items({ organization, search: "item", sort, offset: 0, limit: 50 })
          const scans = yield* scansOf(yield* Server, search)
          const kinds = scans.filter(({ table, rows }) => table === "items" && rows > 60).map(({ kind }) => kind)
          expect([sort, kinds]).toEqual([sort, ["Bitmap Heap Scan"]])
        }
        const found = yield* catalog.items({ ...oldest, search: "item" })
        expect(found.rows.map(({ id }) => id)).toEqual(ids)
      })
    )
  }
)

/** A new organization with so many items. */
const organizationWith = Effect.fnUntraced(function* (items: number) {
  const catalog = yield* Catalog
  const { id } = yield* catalog.createOrganization("Acme")
  for (let n = 0; n < items; n += 1000) {
    const length = Math.min(1000, items - n)
    yield* catalog.createItems(
      id,
      Array.from({ length }, (_, m) => ({ name: `Item ${n + m}` }))
    )
  }
  return id
})
