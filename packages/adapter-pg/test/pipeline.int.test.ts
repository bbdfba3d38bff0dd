import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, type Changes, type Guard, type Hold, HoldId, StockEngine, StockQueries, Store } from "@stockbook/core"
import { Effect, Fiber } from "effect"
import { contents } from "./support/admin.ts"
import { scene, storeGuarded, subject, untilWaiting } from "./support/guardedScene.ts"

/** The changes of a scene, and those of a batch decided on them: another unit, reserved after the first. */
const twoBatches = Effect.gen(function* () {
  const { changes, guard, ...at } = yield* scene
  const [stock] = changes.items
  const [balance] = changes.balances
  const [movement] = changes.movements
  const [hold] = changes.holds
  if (stock === undefined || balance === undefined || movement === undefined || hold === undefined) {
    return yield* Effect.die("A batch changes all of them")
  }
  const id = HoldId.make(changes.nextId)
  const nextHold: Hold = { ...hold, id, reference: "next" }
  const next: Changes = {
    items: [{ ...stock, version: id, available: 8, reserved: 2 }],
    balances: [{ ...balance, available: 8, reserved: 2 }],
    holds: [nextHold],
    documents: [],
    serials: [],
    movements: [{ ...movement, id: id + 1, hold: id, availableAfter: 8 }],
    events: [],
    records: [],
    grown: new Map(),
    firstId: id,
    nextId: id + 2
  }
  const nextGuard: Guard = {
    ...guard,
    versions: guard.versions.map((version) =>
      version.item === stock.item ? { ...version, version: stock.version } : version
    )
  }
  return { ...at, changes, guard, next, nextGuard, movement, balance }
})

const together = <A, E, R, B, E2, R2>(first: Effect.Effect<A, E, R>, second: Effect.Effect<B, E2, R2>) =>
  Effect.all([first, second], { concurrency: "unbounded" })

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("A batch sent after another", (it) => {
  it.effect("is stored if that is, without waiting for its answer", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard, next, nextGuard } = yield* twoBatches
      const answers = yield* together(storeGuarded(changes, guard), storeGuarded(next, nextGuard))
      assert.deepStrictEqual(answers, [true, true])
      const queries = yield* StockQueries
      const { available, reserved } = (yield* queries.stock(organization, items[0]))?.total ?? {}
      assert.deepStrictEqual([available, reserved], [8, 2])
      assert.deepStrictEqual((yield* queries.verify(organization)).differences, [])
    })
  )

  it.effect("is not if that is refused, whatever for", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard, next, nextGuard, movement, balance } = yield* twoBatches
      const engine = yield* StockEngine
      yield* engine.execute(
        { _tag: "Reserve", organization, reference: "taken", lines: [{ item: items[1], quantity: 1 }] },
        { idempotencyKey: "key" }
      )
      const without = { ...changes, records: [] }
      const alone = (of: Guard) => ({ ...of, versions: of.versions.slice(0, 1) })
      const broken: ReadonlyArray<readonly [string, Changes, Guard]> = [
        ["stale version", without, guard],
        ["recorded key", changes, alone(guard)],
        ["guarded key", without, { ...alone(guard), absentKeys: [{ organization, id: "key" }] }],
        ["taken reference", without, { ...alone(guard), absentReferences: [{ organization, id: "taken" }] }],
        ["CHECK", { ...without, balances: [{ ...balance, available: -1 }] }, alone(guard)],
        ["duplicate id", { ...without, movements: [movement, movement] }, alone(guard)]
      ]
      for (const [reason, first, itsGuard] of broken) {
        const before = yield* contents
        const answers = yield* together(storeGuarded(first, itsGuard), storeGuarded(next, alone(nextGuard)))
        assert.deepStrictEqual(answers, [false, false], reason)
        assert.strictEqual(yield* contents, before, reason)
      }
      assert.deepStrictEqual(
        yield* together(storeGuarded(without, alone(guard)), storeGuarded(next, alone(nextGuard))),
        [true, true]
      )
    })
  )

  it.effect("is not if another process was faster, whatever version that gave", () =>
    Effect.gen(function* () {
      const { organization, items, changes, guard, next, nextGuard } = yield* twoBatches
      const catalog = yield* Catalog
      yield* catalog.updateItem(organization, items[0], { name: "Renamed" })
      const before = yield* contents
      const answers = yield* together(storeGuarded(changes, guard), storeGuarded(next, nextGuard))
      assert.deepStrictEqual(answers, [false, false])
      assert.strictEqual(yield* contents, before)
    })
  )

  it.effect("is not if that dies of a deadlock", () =>
    Effect.gen(function* () {
      const { items, changes, guard, next, nextGuard } = yield* twoBatches
      const sql = yield* PgClient
      const before = yield* contents
      const answers = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`SELECT FROM item_stock WHERE item = ${items[1]} FOR UPDATE`
          const waiting = yield* Effect.forkChild(
            together(
              storeGuarded(changes, guard),
              storeGuarded(next, { ...nextGuard, versions: nextGuard.versions.slice(0, 1) })
            )
          )
          yield* untilWaiting(1)
          yield* sql`SELECT FROM item_stock WHERE item = ${items[0]} FOR UPDATE`
          return waiting
        })
      )
      assert.deepStrictEqual(yield* Effect.flatMap(answers, Fiber.join), [false, false])
      assert.strictEqual(yield* contents, before)
    })
  )

  it.effect("is of unknown fate too when the connection is lost, and is not stored without it", () =>
    Effect.gen(function* () {
      const { items, changes, guard, next, nextGuard } = yield* twoBatches
      const sql = yield* PgClient
      const before = yield* contents
      const lost = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`SELECT FROM item_stock WHERE item = ${items[1]} FOR UPDATE`
          const waiting = yield* Effect.forkChild(
            together(Effect.flip(storeGuarded(changes, guard)), Effect.flip(storeGuarded(next, nextGuard)))
          )
          yield* untilWaiting(1)
          yield* sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`
          return yield* Fiber.join(waiting)
        })
      )
      assert.deepStrictEqual(
        (yield* lost).map(({ reason }) => reason),
        ["unknown", "unknown"]
      )
      assert.strictEqual(yield* contents, before)
      assert.deepStrictEqual(yield* together(storeGuarded(changes, guard), storeGuarded(next, nextGuard)), [true, true])
    })
  )

  it.effect("has ids of its own when it asked for them", () =>
    Effect.gen(function* () {
      const { changes, guard, next, nextGuard } = yield* twoBatches
      const { stock } = yield* Store
      if (stock.storeGuarded === undefined) return assert.fail("Postgres stores guarded")
      const [first, second, third] = yield* Effect.all(
        [
          stock.storeGuarded(changes, guard, true),
          stock.storeGuarded(next, nextGuard, true),
          stock.storeGuarded(changes, guard, true)
        ],
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([first.stored, second.stored, third], [true, true, { stored: false, ids: null }])
      if (first.ids === null || second.ids === null) return assert.fail("Ids were asked for")
      assert.isAtLeast(first.ids.nextId, next.nextId)
      assert.isAtLeast(second.ids.nextId, first.ids.idLimit)
      assert.isAbove(first.ids.idLimit, first.ids.nextId)
    })
  )
})
