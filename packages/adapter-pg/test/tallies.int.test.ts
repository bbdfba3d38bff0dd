import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, ItemId, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"
import { randomOf } from "./support/random.ts"

const subject = Layer.unwrap(
  Effect.map(freshDatabase, (url) =>
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })), Layer.provideMerge(adminOf(url)))
  )
)

/** How many rows the tallies say there are of each kind, and how many there are, where those differ. */
const differencesOf = (table: string, tallies: string, columns: string, rows = table) =>
  PgClient.use((sql) => {
    const told = `SELECT ${columns}, sum(${table}) AS n FROM ${tallies} GROUP BY ${columns} HAVING sum(${table}) <> 0`
    const counted = `SELECT ${columns}, count(*) AS n FROM ${rows} GROUP BY ${columns}`
    return sql.unsafe(`(${told} EXCEPT ${counted}) UNION ALL (${counted} EXCEPT ${told})`)
  })

const kinds = "organization, category, brand, unit, active, has_variations, has_batches, kind"

const differences = Effect.map(
  Effect.all([
    differencesOf("items", "item_tallies", kinds),
    differencesOf("batches", "batch_tallies", "organization, active"),
    differencesOf("items", "low_tallies", "organization, active", "item_stock WHERE low")
  ]),
  (each) => each.flat()
)

const rows = PgClient.use((sql) =>
  Effect.map(sql<{ readonly n: number }>`SELECT count(*)::int AS n FROM item_tallies`, ([row]) => row?.n)
)

const insert = (from: number, until: number, active: string) =>
  `INSERT INTO items (organization, id, created_at, updated_at, active, name)
    SELECT id, n, 0, 0, ${active}, 'Item ' || n FROM organizations, generate_series(${from}, ${until}) n`

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("Items and batches are tallied", (it) => {
  it.effect("as many writers make, change, delete and restore them at once", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const { id: organization } = yield* catalog.createOrganization("Acme")
      const writer = Effect.fnUntraced(function* (number: number) {
        const random = randomOf(number)
        const draw = (n: number) => Math.floor(random() * n)
        const category = () => `Category ${draw(3)}`
        const made = yield* catalog.createItems(
          organization,
          Array.from({ length: 5 }, (_, n) => ({ name: `Item ${number}/${n}`, category: category(), kind: "goods" }))
        )
        for (let turn = 0; turn < 20; turn++) {
          const item = made[draw(made.length)]?.id ?? ItemId.make(0)
          const changes = [
            Effect.suspend(() => catalog.updateItem(organization, item, { category: category(), unit: "piece" })),
            Effect.suspend(() => catalog.updateItem(organization, item, { active: draw(2) === 0, kind: null })),
            catalog.createVariation(organization, item, { name: `Size ${turn}` }),
            Effect.gen(function* () {
              const batch = yield* catalog.createBatch(organization, item, { name: `Lot ${turn}` })
              if (batch !== null && turn % 2 === 0) yield* catalog.removeBatch(organization, batch.id)
            }),
            Effect.andThen(catalog.removeItem(organization, item), catalog.restoreItem(organization, item))
          ]
          yield* Effect.ignore(changes[draw(changes.length)] ?? Effect.void)
        }
      })
      yield* Effect.forEach(
        Array.from({ length: 12 }, (_, n) => n),
        writer,
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(yield* differences, [])
      const { total } = yield* catalog.items({ organization, offset: 0, limit: 1 })
      assert.strictEqual(total, 60)
      const listed = yield* Effect.all(
        [true, false].map((active) => catalog.batches({ organization, active, offset: 0, limit: 1000 }))
      )
      assert.deepStrictEqual(
        listed.map(({ total: told }) => told),
        listed.map(({ rows: found }) => found.length)
      )
      assert.isTrue(listed.every(({ rows: found }) => found.length > 0))
    })
  )

  it.effect("whoever writes them, and as much as is committed", () =>
    Effect.gen(function* () {
      const sql = yield* PgClient
      const before = yield* rows
      yield* sql.unsafe(insert(1_000_001, 1_000_500, "n % 3 = 0"))
      yield* sql.unsafe(`UPDATE items SET active = NOT active, kind = 'other' WHERE id % 5 = 0 AND id > 1000000`)
      yield* sql.unsafe(`UPDATE items SET name = 'same kind' WHERE id > 1000000`)
      yield* Effect.flip(sql.unsafe(insert(1_000_500, 1_000_600, "n / (1000550 - n) > 0")))
      assert.deepStrictEqual(yield* differences, [])
      yield* sql.unsafe(`DELETE FROM items WHERE id > 1000000`)
      assert.deepStrictEqual(yield* differences, [])
      assert.strictEqual(yield* rows, before)
    })
  )

  it.effect("and those in stock are counted one by one when most are not", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const sql = yield* PgClient
      const { id: organization } = yield* catalog.createOrganization("Empty shelves")
      yield* sql.unsafe(`INSERT INTO items (organization, id, created_at, updated_at, active, name)
        SELECT ${organization}, n, 0, 0, true, '' FROM generate_series(2000001, 2010003) n`)
      yield* sql.unsafe(`INSERT INTO item_stock (organization, item, version, clock, available, reserved, committed,
          quarantined, alert)
        SELECT organization, id, 0, 0, CASE WHEN id > 2010000 THEN 1 ELSE 0 END, 0, 0, 0, false
        FROM items WHERE organization = ${organization}`)
      const total = (onHandFrom: number) =>
        Effect.map(catalog.items({ organization, active: true, onHandFrom, offset: 0, limit: 1 }), (list) => list.total)
      assert.deepStrictEqual(yield* Effect.all([total(0), total(1), total(2)]), [10_003, 3, 0])
      yield* sql.unsafe(`UPDATE item_stock SET available = 2 WHERE organization = ${organization} AND item = 2000001`)
      assert.deepStrictEqual(yield* Effect.all([total(0), total(1), total(2)]), [10_003, 4, 1])
    })
  )

  it.effect("and those low on stock, whoever makes them so", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const sql = yield* PgClient
      const { id: organization } = yield* catalog.createOrganization("Low on stock")
      const writer = Effect.fnUntraced(function* (number: number) {
        const random = randomOf(number)
        const draw = (n: number) => Math.floor(random() * n)
        const made = yield* catalog.createItems(
          organization,
          Array.from({ length: 5 }, (_, n) => ({ name: `Item ${number}/${n}`, lowStockThreshold: 3 + n }))
        )
        for (let turn = 0; turn < 30; turn++) {
          const item = made[draw(made.length)]?.id ?? ItemId.make(0)
          const line = { item, quantity: 1 + draw(9) }
          const changes = [
            engine.execute({ _tag: "Receive", organization, lines: [line] }),
            engine.execute({ _tag: "Receive", organization, lines: [line] }),
            engine.execute({ _tag: "Reserve", organization, lines: [line] }),
            engine.execute({ _tag: "Issue", organization, lines: [line] }),
            engine.execute({ _tag: "SetPolicy", organization, item, lowStockThreshold: draw(2) === 0 ? null : 9 }),
            catalog.updateItem(organization, item, { active: draw(2) === 0 }),
            Effect.andThen(catalog.removeItem(organization, item), catalog.restoreItem(organization, item))
          ]
          yield* Effect.ignore(changes[draw(changes.length)] ?? Effect.void)
        }
      })
      yield* Effect.forEach(
        Array.from({ length: 12 }, (_, n) => n),
        writer,
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(yield* differences, [])

      const others = yield* catalog.createOrganization("Other items")
      yield* sql.unsafe(`INSERT INTO items (organization, id, created_at, updated_at, active, name)
        SELECT CASE n % 3 WHEN 0 THEN ${others.id} ELSE ${organization} END, n, 0, 0, n % 2 = 0, ''
        FROM generate_series(3000001, 3000500) n`)
      yield* sql.unsafe(`INSERT INTO item_stock (organization, item, version, clock, available, reserved, committed,
          quarantined, alert, active, low_stock_threshold)
        SELECT organization, id, 0, 0, id % 7, 0, 0, 0, false, active, CASE WHEN id % 5 > 0 THEN id % 5 END
        FROM items WHERE id > 3000000`)
      assert.deepStrictEqual(yield* differences, [])
      yield* sql.unsafe(`UPDATE item_stock SET available = 6 - available, active = NOT active WHERE item > 3000000`)
      assert.deepStrictEqual(yield* differences, [])
      yield* Effect.flip(
        sql.withTransaction(
          sql.unsafe(`UPDATE item_stock SET available = available + 5, negative_limit = 1 / (3000400 - item)
            WHERE item > 3000000`)
        )
      )
      assert.deepStrictEqual(yield* differences, [])
      yield* sql.unsafe(`UPDATE item_stock SET low_stock_threshold = NULL`)
      assert.deepStrictEqual(yield* differences, [])
    })
  )

  it.effect("a list of those low on stock is as long as it says", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const { id: organization } = yield* catalog.createOrganization("Due")
      const items = yield* catalog.createItems(
        organization,
        Array.from({ length: 60 }, (_, n) => ({ name: `Item ${n}`, lowStockThreshold: 5 }))
      )
      yield* Effect.forEach(items, ({ id }) =>
        engine.execute({ _tag: "Receive", organization, lines: [{ item: id, quantity: 8 }] })
      )
      const lists = Effect.all(
        [undefined, true, false].map((active) =>
          Effect.map(
            Effect.all([
              catalog.items({ organization, active, lowStock: true, offset: 0, limit: 1 }),
              catalog.items({ organization, active, lowStock: true, offset: 0, limit: 100 })
            ]),
            ([one, all]) => {
              assert.strictEqual(one.total, all.rows.length)
              assert.strictEqual(all.total, all.rows.length)
              return one.total
            }
          )
        )
      )
      assert.deepStrictEqual(yield* lists, [0, 0, 0])
      // Low as long as units are held of which some will be due in no time: before anyone has booked it, they count.
      yield* Effect.forEach(items.slice(0, 40), ({ id }, index) => {
        const lines = [{ item: id, quantity: 4 }] as const
        return engine.execute({ _tag: "Reserve", organization, lines, ...(index < 20 ? {} : { expiresIn: 1 }) })
      })
      yield* catalog.updateItem(organization, items[0]?.id ?? ItemId.make(0), { active: false })
      yield* Effect.sleep("20 millis")
      assert.deepStrictEqual(yield* lists, [20, 19, 1])
    })
  )
})
