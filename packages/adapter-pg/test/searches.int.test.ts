import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, ItemId, type OrganizationId, Stockbook } from "@stockbook/core"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { BeginTransaction } from "effect/sql/SqlClient"
import { sessionOf } from "../src/client/Session.ts"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"
import { randomOf } from "./support/random.ts"

const subject = Layer.unwrap(
  Effect.map(freshDatabase, (url) =>
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })), Layer.provideMerge(adminOf(url)))
  )
)

const changesOf = (organization: OrganizationId) =>
  PgClient.use((sql) =>
    Effect.map(
      sql<{ readonly n: number }>`SELECT count(*)::int AS n FROM catalog_changes WHERE organization = ${organization}`,
      ([row]) => row?.n ?? 0
    )
  )

/** The names of all active items that a search finds, by the way of its last page. */
const found = Effect.fnUntraced(function* (organization: OrganizationId, search: string) {
  const catalog = yield* Catalog
  const list = (offset: number) =>
    catalog.items({ organization, search, active: true, sort: "name_asc", offset, limit: 5 })
  const names: Array<string> = []
  for (;;) {
    const { rows }: { readonly rows: ReadonlyArray<{ readonly name: string }> } = yield* list(names.length)
    if (rows.length === 0) return names
    names.push(...rows.map(({ name }) => name))
  }
})

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("What a search found", (it) => {
  it.effect("is not taken for what it finds once a transaction has ended that had begun before", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const sql = yield* PgClient
      const { id: organization } = yield* catalog.createOrganization("Acme")
      const [item] = yield* catalog.createItems(organization, [{ name: "hammer one" }, { name: "hammer two" }])
      const [written, end] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const open = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`UPDATE items SET name = 'saw' WHERE organization = ${organization} AND id = ${item?.id ?? 0}`
          yield* Deferred.succeed(written, undefined)
          yield* Deferred.await(end)
        })
      )
      const writer = yield* Effect.forkChild(open)
      yield* Deferred.await(written)
      assert.deepStrictEqual(yield* found(organization, "hammer"), ["hammer one", "hammer two"])
      // One that ends sooner must not hide it.
      yield* catalog.createItem(organization, { name: "hammer three" })
      assert.deepStrictEqual(yield* found(organization, "hammer"), ["hammer one", "hammer three", "hammer two"])
      yield* Deferred.succeed(end, undefined)
      yield* Fiber.join(writer)
      assert.deepStrictEqual(yield* found(organization, "hammer"), ["hammer three", "hammer two"])
    })
  )

  it.effect("is what any number of writers have left of it", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const sql = yield* PgClient
      const { id: organization } = yield* catalog.createOrganization("Busy")
      const words = ["hammer", "saw", "drill"]
      const worker = Effect.fnUntraced(function* (number: number) {
        const random = randomOf(number)
        const draw = (n: number) => Math.floor(random() * n)
        const name = () => `${words[draw(3)]} ${number}/${draw(9)}`
        const made = yield* catalog.createItems(
          organization,
          Array.from({ length: 5 }, () => ({ name: name() }))
        )
        for (let turn = 0; turn < 15; turn++) {
          const item = made[draw(made.length)]?.id ?? ItemId.make(0)
          const change = draw(2) === 0 ? { name: name() } : { active: draw(2) === 0 }
          yield* catalog.updateItem(organization, item, change)
          yield* found(organization, words[draw(3)] ?? "")
        }
      })
      yield* Effect.forEach(
        Array.from({ length: 8 }, (_, n) => n),
        worker,
        { concurrency: "unbounded" }
      )
      for (const word of words) {
        const rows = yield* sql<{ readonly name: string }>`SELECT name FROM items
          WHERE organization = ${organization} AND active AND name LIKE ${`${word}%`} ORDER BY name, id`
        const names = rows.map(({ name }) => name)
        assert.deepStrictEqual(yield* found(organization, word), names)
        assert.deepStrictEqual(yield* found(organization, word), names)
      }
    })
  )

  it.effect("is not what someone finds who reads as of earlier", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const sql = yield* PgClient
      const { catalogChanges } = sessionOf(sql, { sharded: false, fenced: false }, null)
      if (catalogChanges === null) return assert.fail("no changes")
      const { id: organization } = yield* catalog.createOrganization("Acme")
      const seen = Effect.map(
        sql<{ readonly seen: string }>`SELECT ${catalogChanges.seen(organization)} AS seen`,
        ([row]) => row?.seen ?? ""
      )
      const differs = (from: string) =>
        Effect.map(
          sql<{ readonly differs: boolean }>`SELECT ${catalogChanges.differ(organization, from)} AS differs`,
          ([row]) => row?.differs
        )
      const runPromise = Effect.runPromiseWith(yield* Effect.context<never>())
      const asOfNow = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.provideService(sql.withTransaction(effect), BeginTransaction, "BEGIN ISOLATION LEVEL REPEATABLE READ")
      yield* asOfNow(
        Effect.gen(function* () {
          const before = yield* seen
          // On connections of their own.
          const after = yield* Effect.promise(() =>
            runPromise(Effect.andThen(catalog.createItem(organization, { name: "hammer" }), seen))
          )
          assert.isTrue(yield* differs(after))
          assert.isFalse(yield* differs(before))
        })
      )
      const later = yield* seen
      assert.isFalse(yield* differs(later))
      yield* catalog.createItem(organization, { name: "saw" })
      assert.isTrue(yield* differs(later))
    })
  )

  it.effect("is watched over by a few rows, however much changes", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const { id: organization } = yield* catalog.createOrganization("Old")
      yield* Effect.forEach(
        Array.from({ length: 30 }, (_, n) => n),
        (n) => catalog.createItem(organization, { name: `hammer ${n}` })
      )
      assert.strictEqual((yield* found(organization, "hammer")).length, 30)
      // As soon as what ran meanwhile has ended, of which other tests have some.
      const another = Effect.andThen(catalog.createItem(organization, { name: "saw" }), changesOf(organization))
      yield* Effect.repeat(Effect.delay(another, "20 millis"), { until: (rows) => rows <= 10 })
    })
  )
})
