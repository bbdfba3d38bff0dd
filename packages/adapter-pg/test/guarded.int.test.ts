import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, type Changes, type Guard, StockEngine, StockQueries } from "@stockbook/core"
import { Effect, Fiber, Predicate } from "effect"
import { contents } from "./support/admin.ts"
import { scene, storeGuarded, subject, untilWaiting } from "./support/guardedScene.ts"

/** Nothing at all is written when the answer is no. */
const refused = (changes: Changes, guard: Guard) =>
  Effect.gen(function* () {
    const before = yield* contents
    assert.isFalse(yield* storeGuarded(changes, guard))
    assert.strictEqual(yield* contents, before)
  })

const isDeadlock = (error: { readonly _tag: string; readonly reason?: unknown }) =>
  error._tag === "SqlError" && Predicate.isTagged(error.reason, "DeadlockError")

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("Changes with a guard", (it) => {
  it.effect("are written whole when it holds, and read as written", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard } = yield* scene
      assert.isTrue(yield* storeGuarded(changes, guard))
      const queries = yield* StockQueries
      const { available, reserved } = (yield* queries.stock(organization, items[0]))?.total ?? {}
      assert.deepStrictEqual([available, reserved], [9, 1])
      assert.deepStrictEqual(yield* queries.hold(organization, { reference: "order" }), changes.holds[0] ?? null)
      const page = { order: "newest", limit: 1 } as const
      assert.deepStrictEqual(yield* queries.movements({ organization }, page), changes.movements)
      assert.deepStrictEqual((yield* queries.verify(organization)).differences, [])
      // Its versions have moved on, so the same again is refused.
      yield* refused(changes, guard)
    })
  )

  it.effect("are refused when an item has another version, also one that is only read", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard } = yield* scene
      const catalog = yield* Catalog
      yield* catalog.updateItem(organization, items[1], { name: "Renamed" })
      yield* refused(changes, guard)
    })
  )

  it.effect("are refused when an item, a location or a tenant is not what it was", () =>
    Effect.gen(function* () {
      const { organization, location, changes, guard } = yield* scene
      const stranger = yield* scene
      const versions = guard.versions.map((version) => ({ ...version, organization: stranger.organization }))
      yield* refused(changes, { ...guard, versions })
      yield* refused(changes, { ...guard, locations: stranger.guard.locations.map((l) => ({ ...l, organization })) })
      const catalog = yield* Catalog
      const shop = yield* catalog.createLocation(organization, { name: "Shop", active: false })
      yield* refused(changes, { ...guard, locations: [{ organization, id: shop.id }] })
      assert.isTrue(yield* storeGuarded(changes, { ...guard, locations: [{ organization, id: location }] }))
    })
  )

  it.effect("are refused when a key is recorded or a reference is taken", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard } = yield* scene
      const engine = yield* StockEngine
      const reserve = (reference: string, idempotencyKey: string) =>
        engine.execute(
          { _tag: "Reserve", organization, reference, lines: [{ item: items[1], quantity: 1 }] },
          { idempotencyKey }
        )
      const only = { ...guard, versions: guard.versions.slice(0, 1) }
      yield* reserve("another", "other key")
      yield* refused(changes, { ...only, absentKeys: [{ organization, id: "other key" }] })
      yield* refused(changes, { ...only, absentReferences: [{ organization, id: "another" }] })
      yield* reserve("yet another", "key")
      yield* refused(changes, only)
      const unkeyed = { ...changes, records: [] }
      yield* reserve("order", "third key")
      yield* refused(unkeyed, only)
      yield* engine.execute({ _tag: "Release", organization, hold: { reference: "order" } })
      assert.isTrue(yield* storeGuarded(unkeyed, only))
    })
  )

  it.effect("are refused when the database would not have them", () =>
    Effect.gen(function* () {
      const { changes, guard } = yield* scene
      const [balance] = changes.balances
      const [movement] = changes.movements
      if (balance === undefined || movement === undefined) return assert.fail("no rows")
      yield* refused({ ...changes, balances: [{ ...balance, available: -1 }] }, guard)
      yield* refused({ ...changes, movements: [{ ...movement, quantity: 0 }] }, guard)
      yield* refused({ ...changes, movements: [movement, movement] }, guard)
      const nowhere = { state: "available", variation: null, batch: null, location: balance.location } as const
      const strange = { ...movement, from: { ...nowhere, batch: 7 } as never }
      yield* refused({ ...changes, movements: [strange] }, guard)
    })
  )

  it.effect("are refused when two transactions wait for each other", () =>
    Effect.gen(function* () {
      const { items, changes, guard } = yield* scene
      const sql = yield* PgClient
      const before = yield* contents
      const other = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`SELECT FROM item_stock WHERE item = ${items[1]} FOR UPDATE`
          const waiting = yield* Effect.forkChild(storeGuarded(changes, guard))
          yield* untilWaiting(1)
          // Whoever began to wait first notices first, after deadlock_timeout, and is the one to go.
          yield* sql`SELECT FROM item_stock WHERE item = ${items[0]} FOR UPDATE`
          return yield* Fiber.join(waiting)
        })
      )
      assert.isFalse(yield* other)
      assert.strictEqual(yield* contents, before)
      // Again, if it looked before there was anything to notice, so that the one that waited later had to go.
    }).pipe(Effect.retry({ times: 5, while: isDeadlock }))
  )

  it.effect("are of unknown fate when the connection is lost before the answer", () =>
    Effect.gen(function* () {
      const { items, changes, guard } = yield* scene
      const sql = yield* PgClient
      const before = yield* contents
      const lost = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`SELECT FROM item_stock WHERE item = ${items[1]} FOR UPDATE`
          const waiting = yield* Effect.forkChild(Effect.flip(storeGuarded(changes, guard)))
          yield* untilWaiting(1)
          yield* sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`
          return yield* Fiber.join(waiting)
        })
      )
      assert.strictEqual((yield* lost).reason, "unknown")
      assert.strictEqual(yield* contents, before)
      assert.isTrue(yield* storeGuarded(changes, guard))
    })
  )
})
