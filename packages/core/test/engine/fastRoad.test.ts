import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, type Scope } from "effect"
import { CommitSignal } from "../../src/engine/CommitSignal.ts"
import { StockEngine } from "../../src/engine/StockEngine.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import type { Store } from "../../src/store/Store.ts"
import { differences, levels, outcomeTag, run, scenario } from "../../src/testing/scenario.ts"
import { suite } from "../../src/testing/suite.ts"
import { guardedMemory, type Traffic } from "./guardedMemory.ts"

const noTraffic = (): Traffic => ({ guarded: 0, refused: 0, locked: 0 })

suite("memory, guarded", guardedMemory(noTraffic()), { histories: 500 })

/** Another engine on the same store, as another process would be. */
const otherEngine: Effect.Effect<StockEngine["Service"], never, Store | Scope.Scope> = Effect.map(
  Layer.build(Layer.fresh(Layer.provide(StockEngine.layer(), CommitSignal.layer))),
  (context) => Context.get(context, StockEngine)
)

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
