import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Exit, Layer } from "effect"
import { Catalog } from "../../src/catalog/Catalog.ts"
import { type EngineOptions, StockEngine } from "../../src/engine/StockEngine.ts"
import { StockQueries } from "../../src/ledger/StockQueries.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import * as MemoryStore from "../../src/store/memory/MemoryStore.ts"
import type { StockDriver } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { StoreError } from "../../src/store/StoreError.ts"
import { run, type Scenario, scenario } from "../../src/testing/scenario.ts"

const storeError = (reason: StoreError["reason"]) => new StoreError({ reason, message: reason, cause: null })

/** The memory store behind a write path that a test may break. */
const breakable = (wrap: (transact: StockDriver["transact"]) => StockDriver["transact"], options?: EngineOptions) => {
  const store = Layer.effectContext(
    Effect.map(Effect.context<Store>(), (context) => {
      const real = Context.get(context, Store)
      return Context.make(Store, Store.of({ ...real, stock: { transact: wrap(real.stock.transact) } }))
    })
  ).pipe(Layer.provide(MemoryStore.layer))
  return Layer.provideMerge(stockbook(options), store)
}

const receive = (at: Scenario, quantity: number, idempotencyKey?: string) =>
  run(at, { _tag: "Receive", lines: [{ item: at.items[0], quantity }] }, { idempotencyKey })

const available = (at: Scenario) =>
  StockQueries.use((queries) => queries.stock(at.organization, at.items[0])).pipe(
    Effect.map((stock) => stock?.total.available)
  )

describe("the engine", () => {
  it.live("carries out commands that arrive together in one transaction", () => {
    let transactions = 0
    const layer = breakable((transact) => (footprint, fold) => {
      transactions += 1
      return transact(footprint, fold)
    })
    return Effect.gen(function* () {
      const at = yield* scenario
      yield* Effect.all(
        Array.from({ length: 100 }, () => receive(at, 1)),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(transactions, 1)
      assert.strictEqual(yield* available(at), 100)
    }).pipe(Effect.provide(layer))
  })

  it.live("tries a batch again when the store is busy or a commit conflicts", () => {
    const failures: Array<StoreError["reason"]> = ["busy", "conflict", "busy"]
    const layer = breakable(
      (transact) => (footprint, fold) =>
        Effect.suspend(() => {
          const reason = failures.pop()
          return reason === undefined ? transact(footprint, fold) : Effect.fail(storeError(reason))
        })
    )
    return Effect.gen(function* () {
      const at = yield* scenario
      yield* receive(at, 2)
      assert.deepStrictEqual(failures, [])
      assert.strictEqual(yield* available(at), 2)
    }).pipe(Effect.provide(layer))
  })

  it.live("tries the commands of a failed batch one by one, so that one cannot take others down", () => {
    const layer = breakable(
      (transact) => (footprint, fold) =>
        footprint.keys.has("1/poison") ? Effect.fail(storeError("corrupt")) : transact(footprint, fold)
    )
    return Effect.gen(function* () {
      const at = yield* scenario
      const exits = yield* Effect.all(
        [receive(at, 1), receive(at, 2, "poison"), receive(at, 4)].map((effect) => Effect.exit(effect)),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(exits.map(Exit.isSuccess), [true, false, true])
      assert.strictEqual(yield* available(at), 5)
    }).pipe(Effect.provide(layer))
  })

  it.live("tries again by key only, when it is not known whether a batch was stored", () => {
    let lost = 2
    const layer = breakable(
      (transact) => (footprint, fold) =>
        // Stored, but the answer is lost.
        Effect.andThen(transact(footprint, fold), () => (lost-- > 0 ? Effect.fail(storeError("unknown")) : Effect.void))
    )
    return Effect.gen(function* () {
      const at = yield* scenario
      const [plain, keyed] = yield* Effect.all([Effect.exit(receive(at, 1)), Effect.exit(receive(at, 10, "once"))], {
        concurrency: "unbounded"
      })
      assert.isTrue(Exit.isFailure(plain))
      assert.isTrue(Exit.isSuccess(keyed))
      assert.strictEqual(yield* available(at), 11)
    }).pipe(Effect.provide(layer))
  })

  it.live("does not say that nothing was stored once it has been in doubt", () => {
    const failures: Array<StoreError["reason"]> = ["unknown", "unavailable"]
    const layer = breakable(
      (transact) => (footprint, fold) =>
        Effect.suspend(() => {
          const reason = failures.shift()
          if (reason === undefined) return transact(footprint, fold)
          const failed = Effect.fail(storeError(reason))
          return reason === "unknown" ? Effect.andThen(transact(footprint, fold), failed) : failed
        })
    )
    return Effect.gen(function* () {
      const at = yield* scenario
      const error = yield* Effect.flip(receive(at, 4, "once"))
      assert.deepInclude<object>(error, { _tag: "StoreError", reason: "unknown" })
      assert.isTrue((yield* receive(at, 4, "once")).replayed)
      assert.strictEqual(yield* available(at), 4)
    }).pipe(Effect.provide(layer))
  })

  it.live("says at once that the store is unavailable, and recovers with it", () => {
    let down = true
    let attempts = 0
    const layer = breakable((transact) => (footprint, fold) => {
      attempts += 1
      return down ? Effect.fail(storeError("unavailable")) : transact(footprint, fold)
    })
    return Effect.gen(function* () {
      const at = yield* scenario
      const errors = yield* Effect.all(
        Array.from({ length: 10 }, () => Effect.flip(receive(at, 1))),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([...new Set(errors.map((error) => error._tag))], ["StoreError"])
      assert.strictEqual(attempts, 1)
      down = false
      yield* receive(at, 3)
      assert.strictEqual(yield* available(at), 3)
    }).pipe(Effect.provide(layer))
  })

  it.live("refuses with a typed error what goes beyond its capacity", () =>
    Effect.gen(function* () {
      const at = yield* scenario
      const results = yield* Effect.all(
        Array.from({ length: 20 }, () => Effect.exit(receive(at, 1))),
        { concurrency: "unbounded" }
      )
      const taken = results.filter(Exit.isSuccess).length
      assert.strictEqual(taken, 5)
      assert.strictEqual(yield* available(at), 5)
    }).pipe(Effect.provide(breakable((transact) => transact, { capacity: 5, batchSize: 2 })))
  )

  it.live("checks what it is given, keys too", () =>
    Effect.gen(function* () {
      const engine = yield* StockEngine
      const at = yield* scenario
      for (const key of ["", "x".repeat(201)]) {
        const error = yield* Effect.flip(receive(at, 1, key))
        assert.deepInclude<object>(error, { _tag: "InvalidInput" })
      }
      const wild: ReadonlyArray<unknown> = [null, 1, "Receive", [], {}, { _tag: "Teleport" }, { _tag: "Receive" }]
      for (const input of wild) {
        const error = yield* Effect.flip(engine.execute(input as never))
        assert.strictEqual(error._tag, "InvalidInput")
      }
      assert.isNotNull(yield* Catalog.use((catalog) => catalog.organization(at.organization)))
    }).pipe(Effect.provide(breakable((transact) => transact)))
  )
})
