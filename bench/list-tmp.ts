import { rmSync } from "node:fs"
import { Database, SqliteStore } from "@stockbook/adapter-sqlite"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"

const f = "/work/list.db"
if (!process.env.KEEP) for (const e of ["", "-wal", "-shm"]) rmSync(f + e, { force: true })
const program = Effect.gen(function* () {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("A")
  yield* catalog.createItem(organization, { name: "x" })
  const d = new Database({ filename: f })
  d.exec(`BEGIN; WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i+1 FROM n WHERE i<100000) INSERT INTO items SELECT 1, i, 'Item '||(i*7919%100003), 'SKU-'||i, 'A description of some length, about item '||i||' and its many qualities', '9.99','piece','cat'||(i%50), i%10<>0, 1700000000000+i, 1700000000000, null FROM n;
  INSERT INTO item_stock SELECT 1, id, 0, CASE WHEN id%3=0 THEN null ELSE 1 END, 10, 0, 1, id*31%1000,0,0,0 FROM items WHERE id>1; UPDATE sequences SET next=100001 WHERE name='item'; COMMIT`)
  d.exec(
    `BEGIN; WITH RECURSIVE n(i) AS (SELECT 100001 UNION ALL SELECT i+1 FROM n WHERE i<101000) INSERT INTO balances SELECT 1, item, 1,0,0,available,0,0,0 FROM item_stock WHERE item<2000; COMMIT`
  )
  d.close()
  yield* engine.execute({ _tag: "Receive", organization, lines: [{ item: 5, quantity: 5 }] })
  for (let i = 2; i < 300; i++)
    yield* Effect.ignore(
      engine.execute({ _tag: "Reserve", organization, lines: [{ item: i, quantity: 1 }], expiresIn: 1 })
    )
  const t0 = (name: string, e: Effect.Effect<unknown, unknown>) =>
    Effect.gen(function* () {
      const ts: number[] = []
      for (let i = 0; i < 20; i++) {
        const t = performance.now()
        yield* e
        ts.push(performance.now() - t)
      }
      ts.sort((a, b) => a - b)
      console.log(name.padEnd(40), ts[10]!.toFixed(1), "p95", ts[18]!.toFixed(1))
    })
  for (const sort of [
    "id_asc",
    "name_asc",
    "name_desc",
    "stock_asc",
    "stock_desc",
    "created_asc",
    "created_desc"
  ] as const)
    for (const offset of [0, 1000, 90000])
      yield* t0(`${sort} ${offset} active`, catalog.items({ organization, active: true, sort, offset, limit: 50 }))
  yield* t0("no filter name 500", catalog.items({ organization, sort: "name_asc", offset: 500, limit: 50 }))
  yield* t0("opened", catalog.items({ organization, opened: true, sort: "id_asc", offset: 500, limit: 50 }))
  yield* t0("lowStock", catalog.items({ organization, lowStock: true, offset: 0, limit: 50 }))
  yield* t0(
    "lowStock active stock_asc",
    catalog.items({ organization, lowStock: true, active: true, sort: "stock_asc", offset: 0, limit: 50 })
  )
  yield* t0("search rare", catalog.items({ organization, search: "sku-99999", offset: 0, limit: 50 }))
  yield* t0("search common", catalog.items({ organization, search: "item", offset: 0, limit: 50 }))
  yield* t0("created range", catalog.items({ organization, createdFrom: 1700000050000, offset: 0, limit: 50 }))
  yield* t0("item", catalog.item(organization, 77 as never))
  yield* t0("sku", catalog.itemBySku(organization, "SKU-5"))
})
Effect.runPromise(
  program.pipe(
    Effect.provide(Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename: f }))))
  ) as Effect.Effect<void>
).catch(console.error)
