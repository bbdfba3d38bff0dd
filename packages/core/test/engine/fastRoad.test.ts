import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, type Scope } from "effect"
import { Catalog } from "../../src/catalog/Catalog.ts"
import { CommitSignal } from "../../src/engine/CommitSignal.ts"
import { StockEngine } from "../../src/engine/StockEngine.ts"
import type { IdentityDriver } from "../../src/identity/IdentityDriver.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import type { StockDriver } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { StoreError } from "../../src/store/StoreError.ts"
import { differences, levels, outcomeTag, run, type Scenario, scenario } from "../../src/testing/scenario.ts"
import { suite } from "../../src/testing/suite.ts"
import { guardedMemory, type Traffic } from "./guardedMemory.ts"

const noTraffic = (): Traffic => ({ guarded: 0, refused: 0, locked: 0 })

suite("memory, guarded", guardedMemory(noTraffic()), { histories: 500 })

/** Another engine on the same store, as another process would be. */
const otherEngine: Effect.Effect<StockEngine["Service"], never, Store | Scope.Scope> = Effect.map(
  Layer.build(Layer.fresh(Layer.provide(StockEngine.layer(), CommitSignal.layer))),
  (context) => Context.get(context, StockEngine)
)

/** A store whose answers are lost on their way, after it has done what was asked. */
const losingAnswers = (lost: () => boolean, inner: Layer.Layer<Store | IdentityDriver>) =>
  Layer.effectContext(
    Effect.map(Effect.context<Store | IdentityDriver>(), (context) => {
      const store = Context.get(context, Store)
      const { transact, storeGuarded } = store.stock
      if (storeGuarded === undefined) return context
      const stock: StockDriver = {
        transact,
        storeGuarded: (changes, guard, wantsIds) =>
          Effect.flatMap(storeGuarded(changes, guard, wantsIds), (stored) =>
            lost()
              ? Effect.fail(new StoreError({ reason: "unknown", message: "lost", cause: null }))
              : Effect.succeed(stored)
          )
      }
      return Context.add(context, Store, Store.of({ ...store, stock }))
    })
  ).pipe(Layer.provide(inner))

const movementIds = Effect.fnUntraced(function* ({ organization }: Scenario) {
  const { ledger } = yield* Store
  const movements = yield* ledger.movements({ organization }, { order: "oldest", limit: 10_000 })
  return movements.map(({ id }) => id)
})

describe("the fast road", () => {
  it.live("is taken for items that are remembered", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 100 }] })
      assert.deepStrictEqual(traffic, { guarded: 0, refused: 0, locked: 1 })
      for (let n = 0; n < 10; n++)
        yield* run(at, { _tag: "Reserve", reference: `${n}`, lines: [{ item, quantity: 1 }] })
      yield* run(at, { _tag: "Fulfil", hold: { reference: "3" } })
      assert.deepStrictEqual(traffic, { guarded: 11, refused: 0, locked: 1 })
      assert.deepStrictEqual(yield* levels(at, item), [90, 9, 0])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("is not taken to a stranger's location, where no guard could hold", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const [at, other] = [yield* scenario, yield* scenario]
      for (const each of [at, other]) {
        for (const location of each.locations) {
          yield* run(each, { _tag: "Receive", lines: [{ item: each.items[0], location, quantity: 1 }] })
        }
      }
      const before = { ...traffic }
      const [location] = other.locations
      const issue = run(at, { _tag: "Issue", lines: [{ item: at.items[0], location, quantity: 1 }] })
      assert.strictEqual(yield* outcomeTag(issue), "UnknownLocation")
      assert.deepStrictEqual(traffic, { ...before, locked: before.locked + 1 })
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("writes movements that are found by their ids, though others were written with later ones", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const [at, elsewhere] = [yield* scenario, yield* scenario]
      const other = yield* otherEngine
      const receive = { _tag: "Receive", lines: [{ item: at.items[0], quantity: 1 }] } as const
      yield* run(at, receive)
      const lines = [{ item: elsewhere.items[0], quantity: 1 }] as const
      yield* other.execute({ _tag: "Receive", organization: elsewhere.organization, lines })
      const [late] = (yield* run(at, receive)).movements
      assert.deepStrictEqual(traffic, { guarded: 1, refused: 0, locked: 2 })
      const reversed = yield* run(at, { _tag: "Reverse", movement: late?.id ?? 0 })
      assert.strictEqual(reversed.movements[0]?.details?.corrects, late?.id)
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("tells whether an item was anybody else's meanwhile", () => {
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item, unknown] = at.items
      const { organization } = at
      const engine = yield* StockEngine
      const other = yield* otherEngine
      const catalog = yield* Catalog
      const receive = { _tag: "Receive", organization, lines: [{ item, quantity: 1 }] } as const
      yield* engine.execute(receive)
      const remembered = engine.remembered(item)
      assert.isNotNull(remembered)
      assert.isNull(engine.remembered(unknown))
      for (let n = 0; n < 3; n++) yield* engine.execute(receive)
      assert.strictEqual(engine.remembered(item), remembered)
      const others = [other.execute(receive), catalog.updateItem(organization, item, { name: "Renamed" })]
      for (const change of others) {
        const before = engine.remembered(item)
        yield* change
        yield* engine.execute(receive)
        assert.notStrictEqual(engine.remembered(item), before)
      }
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(noTraffic()))))
  })

  it.live("never answers on a stale memory, neither yes nor no", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      const { organization } = at
      const engine = yield* StockEngine
      const other = yield* otherEngine
      yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1 }] })
      yield* other.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] })
      const reserve = (reference: string) =>
        outcomeTag(engine.execute({ _tag: "Reserve", organization, reference, lines: [{ item, quantity: 1 }] }))
      // Remembered as 1 available, which is gone.
      assert.strictEqual(yield* reserve("a"), "InsufficientStock")
      yield* other.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1 }] })
      // Remembered as sold out, which it no longer is.
      assert.strictEqual(yield* reserve("b"), "Success")
      // A reference the other engine took.
      yield* other.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 5 }] })
      yield* other.execute({ _tag: "Reserve", organization, reference: "c", lines: [{ item, quantity: 2 }] })
      assert.strictEqual(yield* reserve("c"), "ReferenceConflict")
      assert.deepStrictEqual(yield* levels(at, item), [3, 4, 0])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("does a key once, whichever engine is asked", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      const { organization } = at
      const engine = yield* StockEngine
      const other = yield* otherEngine
      const receive = { _tag: "Receive", organization, lines: [{ item, quantity: 5 }] } as const
      const issue = { _tag: "Issue", organization, lines: [{ item, quantity: 5 }] } as const
      yield* engine.execute(receive)
      const first = yield* other.execute(issue, { idempotencyKey: "k" })
      // What is remembered says no; what is recorded says it was done.
      const second = yield* engine.execute(issue, { idempotencyKey: "k" })
      assert.deepStrictEqual(second, { ...first, replayed: true })
      assert.strictEqual(yield* outcomeTag(engine.execute(receive, { idempotencyKey: "k" })), "IdempotencyConflict")
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("leaves an item that two engines sell to the locked road, and none oversells", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      const { organization } = at
      const engines = [yield* StockEngine, yield* otherEngine, yield* otherEngine]
      yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 150 }] })
      const tags = yield* Effect.forEach(
        Array.from({ length: 300 }, (_, n) => engines[n % 3]),
        (engine) =>
          engine === undefined
            ? Effect.succeed("none")
            : outcomeTag(engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] })),
        { concurrency: 20 }
      )
      assert.strictEqual(tags.filter((tag) => tag === "Success").length, 150)
      assert.deepStrictEqual(yield* levels(at, item), [0, 150, 0])
      assert.deepStrictEqual(yield* differences(at), [])
      assert.isAbove(traffic.locked, traffic.refused)
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })

  it.live("does not give ids out again that may have been stored", () => {
    const traffic = noTraffic()
    let lost = false
    return Effect.gen(function* () {
      const [one, two] = [yield* scenario, yield* scenario]
      const receive = (at: Scenario) => run(at, { _tag: "Receive", lines: [{ item: at.items[0], quantity: 1 }] })
      yield* Effect.all([receive(one), receive(two)], { concurrency: "unbounded" })
      lost = true
      const error = yield* Effect.flip(receive(one))
      assert.deepInclude<object>(error, { _tag: "StoreError", reason: "unknown" })
      lost = false
      yield* receive(two)
      assert.deepStrictEqual(traffic, { guarded: 2, refused: 0, locked: 1 })
      const ids = [...(yield* movementIds(one)), ...(yield* movementIds(two))]
      assert.deepStrictEqual([ids.length, new Set(ids).size], [4, 4])
    }).pipe(
      Effect.provide(
        Layer.provideMerge(
          stockbook(),
          losingAnswers(() => lost, guardedMemory(traffic))
        )
      )
    )
  })

  it.live("gives out no ids but its own", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const [one, two] = [yield* scenario, yield* scenario]
      const other = yield* otherEngine
      const lines = (at: Scenario, n: number) => [line(at), ...Array.from({ length: n - 1 }, () => line(at))] as const
      const line = (at: Scenario) => ({ item: at.items[0], quantity: 1 })
      yield* run(one, { _tag: "Receive", lines: lines(one, 1000) })
      yield* other.execute({ _tag: "Receive", organization: two.organization, lines: lines(two, 1000) })
      yield* Effect.all(
        Array.from({ length: 4 }, () => run(one, { _tag: "Receive", lines: lines(one, 1000) })),
        { concurrency: "unbounded" }
      )
      const ids = [...(yield* movementIds(one)), ...(yield* movementIds(two))]
      assert.deepStrictEqual([ids.length, new Set(ids).size], [6000, 6000])
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic, 4096))))
  })

  it.live("lets what is due expire on the locked road, by the store's clock", () => {
    const traffic = noTraffic()
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
      yield* run(at, { _tag: "Reserve", expiresIn: 30, lines: [{ item, quantity: 1 }] })
      const before = traffic.locked
      yield* Effect.sleep(60)
      yield* run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })
      assert.strictEqual(traffic.locked, before + 1)
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(Layer.provideMerge(stockbook(), guardedMemory(traffic))))
  })
})
