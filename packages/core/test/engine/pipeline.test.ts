import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Exit, Layer, type Scope, Semaphore } from "effect"
import { CommitSignal } from "../../src/engine/CommitSignal.ts"
import type { CommandError } from "../../src/engine/EngineError.ts"
import { StockEngine } from "../../src/engine/StockEngine.ts"
import type { IdentityDriver } from "../../src/identity/IdentityDriver.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import type { Outcome } from "../../src/stock/Outcome.ts"
import type { StockDriver } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { StoreError } from "../../src/store/StoreError.ts"
import { differences, levels, run, type Scenario, scenario } from "../../src/testing/scenario.ts"
import { guardedMemory, type Traffic } from "./guardedMemory.ts"

/**
 * What becomes of a guarded statement: carried out; refused though its guard holds, as by a CHECK or another's key;
 * failed before anything was written; or of unknown fate, having been carried out or not.
 */
type Fate = "done" | "refused" | "conflict" | "busy" | "unavailable" | "corrupt" | "lost" | "answer lost"

interface Line {
  /** The fates of the next statements; those after them are done. */
  readonly fates: Array<Fate>
  /** Something another process does just before a statement is carried out. */
  readonly before: Array<Effect.Effect<unknown, unknown>>
  /** Statements on their way at the same time, at most. */
  most: number
  /** Some idempotency key was on its way twice at the same time. */
  met: boolean
  /** The store at the end of the line, as another process sees it. */
  store: Store["Service"] | null
}

const failure = (reason: StoreError["reason"]) => new StoreError({ reason, message: reason, cause: null })

/** A store that carries guarded statements out one after the other, and lets the next come before it has answered. */
const oneConnection = (line: Line, traffic: Traffic): Layer.Layer<Store | IdentityDriver> =>
  Layer.effectContext(
    Effect.map(Effect.context<Store | IdentityDriver>(), (context) => {
      const store = Context.get(context, Store)
      const { transact, storeGuarded } = store.stock
      if (storeGuarded === undefined) return context
      line.store = store
      const turn = Semaphore.makeUnsafe(1)
      let sent = 0
      const keys = new Set<string>()
      const stock: StockDriver = {
        transact: (footprint, fold) => Effect.andThen(Effect.sleep(1), transact(footprint, fold)),
        storeGuarded: (changes, guard, wantsIds) => {
          const answer = Effect.suspend(() => {
            const fate = line.fates.shift() ?? "done"
            switch (fate) {
              case "done":
                return storeGuarded(changes, guard, wantsIds)
              case "refused":
                return Effect.succeed({ stored: false, ids: null })
              case "lost":
                return Effect.fail(failure("unknown"))
              case "answer lost":
                return Effect.andThen(storeGuarded(changes, guard, wantsIds), Effect.fail(failure("unknown")))
              default:
                return Effect.fail(failure(fate))
            }
          })
          const others = Effect.suspend(() => Effect.ignore(line.before.shift() ?? Effect.void))
          return Effect.suspend(() => {
            sent += 1
            line.most = Math.max(line.most, sent)
            for (const { key } of changes.records) {
              if (keys.has(key)) line.met = true
              keys.add(key)
            }
            return turn.withPermits(1)(Effect.sleep(1).pipe(Effect.andThen(others), Effect.andThen(answer)))
          }).pipe(
            Effect.ensuring(
              Effect.sync(() => {
                sent -= 1
                for (const { key } of changes.records) keys.delete(key)
              })
            )
          )
        }
      }
      return Context.add(context, Store, Store.of({ ...store, stock }))
    })
  ).pipe(Layer.provide(guardedMemory(traffic)))

const setUp = (...fates: ReadonlyArray<Fate>) => {
  const line: Line = { fates: [...fates], before: [], most: 0, met: false, store: null }
  const traffic: Traffic = { guarded: 0, refused: 0, locked: 0 }
  return { line, traffic, layer: Layer.provideMerge(stockbook({ batchSize: 4 }), oneConnection(line, traffic)) }
}

/** Another engine on the same store with a connection of its own, as another process would be. */
const otherEngine = (line: Line): Effect.Effect<StockEngine["Service"], never, Scope.Scope> =>
  Effect.suspend(() =>
    line.store === null
      ? Effect.die("The store is open")
      : Layer.build(
          Layer.fresh(StockEngine.layer()).pipe(
            Layer.provide(CommitSignal.layer),
            Layer.provide(Layer.succeed(Store, line.store))
          )
        )
  ).pipe(Effect.map((context) => Context.get(context, StockEngine)))

const stocked = Effect.fnUntraced(function* (units: number) {
  const at = yield* scenario
  const [item] = at.items
  yield* run(at, { _tag: "Receive", lines: [{ item, quantity: units }] })
  return at
})

const reserve = (at: Scenario, idempotencyKey?: string) =>
  run(at, { _tag: "Reserve", lines: [{ item: at.items[0], quantity: 1 }] }, { idempotencyKey })

const tagOf = (exit: Exit.Exit<Outcome, CommandError>): string =>
  Exit.match(exit, {
    onSuccess: () => "Success",
    onFailure: (cause) => {
      const [reason] = cause.reasons
      return reason?._tag === "Fail" ? reason.error._tag : "Die"
    }
  })

const all = <A, E, R>(effects: ReadonlyArray<Effect.Effect<A, E, R>>) =>
  Effect.forEach(effects, Effect.exit, { concurrency: "unbounded" })

const countOf = (exits: ReadonlyArray<Exit.Exit<Outcome, CommandError>>, tag: string) =>
  exits.filter((exit) => tagOf(exit) === tag).length

describe("batches that follow each other closely", () => {
  it.live("are on their way together, and sell no unit twice", () => {
    const { line, traffic, layer } = setUp()
    return Effect.gen(function* () {
      const at = yield* stocked(30)
      const exits = yield* all(Array.from({ length: 50 }, () => reserve(at)))
      assert.deepStrictEqual([countOf(exits, "Success"), countOf(exits, "InsufficientStock")], [30, 20])
      assert.strictEqual(line.most, 2)
      assert.deepStrictEqual({ ...traffic, guarded: 0 }, { guarded: 0, refused: 0, locked: 1 })
      assert.deepStrictEqual(yield* levels(at, at.items[0]), [0, 30, 0])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(layer))
  })

  const fates: ReadonlyArray<Fate> = ["refused", "conflict", "busy", "unavailable", "corrupt", "lost", "answer lost"]
  for (const fate of fates) {
    for (const position of [0, 1, 2]) {
      it.live(`are all decided again when one of them is ${fate}: with keys, each exactly once (${position})`, () => {
        const { line, layer } = setUp()
        return Effect.gen(function* () {
          const at = yield* stocked(25)
          line.fates.push(...Array.from({ length: position }, (): Fate => "done"), fate)
          const first = yield* all(Array.from({ length: 40 }, (_, n) => reserve(at, `key ${n}`)))
          assert.deepStrictEqual(line.fates, [])
          // A caller who was told that nothing was stored, or that nobody knows, asks again.
          const again = yield* all(Array.from({ length: 40 }, (_, n) => reserve(at, `key ${n}`)))
          assert.deepStrictEqual([countOf(again, "Success"), countOf(again, "InsufficientStock")], [25, 15])
          for (const [n, exit] of first.entries()) {
            const later = again[n]
            if (Exit.isSuccess(exit))
              assert.isTrue(later !== undefined && Exit.isSuccess(later) && later.value.replayed)
          }
          assert.deepStrictEqual(yield* levels(at, at.items[0]), [0, 25, 0])
          assert.deepStrictEqual(yield* differences(at), [])
        }).pipe(Effect.provide(layer))
      })
    }

    it.live(`do not say yes to what is not there when one of them is ${fate}, keys or none`, () => {
      const { line, layer } = setUp()
      return Effect.gen(function* () {
        const at = yield* stocked(25)
        line.fates.push("done", fate, "done", fate)
        const exits = yield* all(Array.from({ length: 40 }, () => reserve(at)))
        const [, reserved = 0] = yield* levels(at, at.items[0])
        const yes = countOf(exits, "Success")
        const unsure = countOf(exits, "StoreError")
        assert.isTrue(reserved >= yes && reserved <= yes + unsure && reserved <= 25)
        assert.deepStrictEqual(yield* differences(at), [])
      }).pipe(Effect.provide(layer))
    })
  }

  it.live("take back a no that was decided on what was not stored", () => {
    const { line, layer } = setUp()
    return Effect.gen(function* () {
      const at = yield* stocked(4)
      line.fates.push("unavailable")
      // The first waits for the second to be on its way.
      line.before.push(Effect.repeat(Effect.sleep(1), { until: () => line.most === 2 }))
      const exits = yield* all(Array.from({ length: 8 }, () => reserve(at)))
      // The first four were not stored, so the units the next four were refused for are still there.
      assert.deepStrictEqual(exits.map(tagOf), [
        ...["StoreError", "StoreError", "StoreError", "StoreError"],
        ...["Success", "Success", "Success", "Success"]
      ])
    }).pipe(Effect.provide(layer))
  })

  it.live("never find another's version where they foretold their own", () => {
    const { line, traffic, layer } = setUp()
    return Effect.gen(function* () {
      const at = yield* stocked(30)
      const { organization } = at
      const [item] = at.items
      const other = yield* otherEngine(line)
      const lines = [{ item, quantity: 1 }] as const
      // As many changes as the first of the two batches in flight makes, and then as the second: none that was counted
      // may pass for it.
      for (const times of [1, 2]) {
        line.before.push(
          Effect.forEach(Array.from({ length: times }), () => other.execute({ _tag: "Issue", organization, lines }))
        )
        const before = traffic.refused
        const exits = yield* all(Array.from({ length: 8 }, () => reserve(at)))
        assert.isAtLeast(traffic.refused, before + 2)
        assert.strictEqual(countOf(exits, "Success"), 8)
        // Out of the time in which the item is left to the locked road.
        yield* Effect.sleep(100)
        yield* all([reserve(at)])
      }
      const [available, reserved] = yield* levels(at, item)
      assert.deepStrictEqual([available, reserved], [9, 18])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(layer))
  })

  it.live("do a key once, and give a reference once, when they meet on the way", () => {
    const { line, layer } = setUp()
    return Effect.gen(function* () {
      const at = yield* stocked(20)
      const [item] = at.items
      yield* run(at, { _tag: "Receive", lines: [{ item: at.items[1], quantity: 20 }] })
      const keyed = yield* all(Array.from({ length: 8 }, (_, n) => reserve(at, `key ${n % 4}`)))
      assert.strictEqual(line.met, false)
      const replayed = keyed.map((exit) => Exit.isSuccess(exit) && exit.value.replayed)
      assert.deepStrictEqual(replayed, [false, false, false, false, true, true, true, true])
      const named = yield* all(
        Array.from({ length: 8 }, (_, n) =>
          run(at, {
            _tag: "Reserve",
            reference: `order ${n % 4}`,
            lines: [{ item: at.items[n < 4 ? 0 : 1] ?? item, quantity: 1 }]
          })
        )
      )
      assert.strictEqual(line.most, 2)
      assert.deepStrictEqual([countOf(named, "Success"), countOf(named, "ReferenceConflict")], [4, 4])
      assert.deepStrictEqual(yield* levels(at, item), [12, 8, 0])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(layer))
  })

  it.live("settle a hold that is still on its way", () => {
    const { line, layer } = setUp()
    return Effect.gen(function* () {
      const at = yield* stocked(20)
      const [item] = at.items
      const make = (n: number) => run(at, { _tag: "Reserve", reference: `${n}`, lines: [{ item, quantity: 1 }] })
      const settle = (n: number) => run(at, { _tag: "Fulfil", hold: { reference: `${n}` } })
      const exits = yield* all([0, 1, 2, 3].flatMap((n) => [make(n)]).concat([0, 1, 2, 3].map(settle)))
      assert.strictEqual(line.most, 2)
      assert.strictEqual(countOf(exits, "Success"), 8)
      assert.deepStrictEqual(yield* levels(at, item), [16, 0, 0])
      line.fates.push("refused")
      yield* all([4, 5, 6, 7].map(make).concat([4, 5, 6, 7].map(settle)))
      assert.deepStrictEqual(yield* levels(at, item), [12, 0, 0])
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(layer))
  })
})
