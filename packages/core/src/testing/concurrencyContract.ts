import { assert, describe } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, levels, outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const times = <A, E, R>(n: number, effect: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.forEach(
    Array.from({ length: n }, (_, index) => index),
    effect,
    { concurrency: "unbounded" }
  )

/** What many callers at once see. */
export const concurrencyContract = (it: Register): void => {
  describe("many callers", () => {
    it.effect("reserving 1 of 10, 60 of them: exactly 10 succeed", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        const tags = yield* times(60, () => outcomeTag(run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })))
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 10)
        assert.strictEqual(tags.filter((tag) => tag === "InsufficientStock").length, 50)
        assert.deepStrictEqual(yield* levels(at, item), [0, 10, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("reserving two items in opposite order neither wait for ever nor oversell", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [one, two] = at.items
        const lines = (n: number) => [
          { item: one, quantity: n },
          { item: two, quantity: n }
        ]
        const [first, second] = lines(20)
        if (first === undefined || second === undefined) return
        yield* run(at, { _tag: "Receive", lines: [first, second] })
        const tags = yield* times(50, (index) => {
          const [a, b] = index % 2 === 0 ? [one, two] : [two, one]
          return outcomeTag(
            run(at, {
              _tag: "Reserve",
              lines: [
                { item: a, quantity: 1 },
                { item: b, quantity: 1 }
              ]
            })
          )
        })
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 20)
        assert.deepStrictEqual(yield* levels(at, one), [0, 20, 0])
        assert.deepStrictEqual(yield* levels(at, two), [0, 20, 0])
      })
    )

    it.effect("of one idempotency key: done once, all given the same outcome", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const outcomes = yield* times(20, () =>
          run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] }, { idempotencyKey: "once" })
        )
        assert.strictEqual(outcomes.filter((outcome) => !outcome.replayed).length, 1)
        assert.strictEqual(new Set(outcomes.map((outcome) => outcome.movements[0]?.id)).size, 1)
        assert.deepStrictEqual(yield* levels(at, item), [3, 0, 0])
      })
    )

    it.effect("settling one hold in different ways: each unit resolves once", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 30 }] })
        yield* run(at, { _tag: "Reserve", reference: "h", lines: [{ item, quantity: 30 }] })
        const ways = ["Release", "Commit", "Fulfil"] as const
        yield* times(60, (index) =>
          outcomeTag(
            run(at, {
              _tag: ways[index % 3] ?? "Release",
              hold: { reference: "h" },
              lines: [{ item, quantity: 1 + (index % 4) }]
            })
          )
        )
        const hold = yield* StockQueries.use((queries) => queries.hold(at.organization, { reference: "h" }))
        const line = hold?.lines[0]
        if (line === undefined) return assert.fail("no hold")
        assert.strictEqual(line.reserved + line.committed + line.fulfilled + line.released + line.expired, 30)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("a caller who goes away before its batch leaves no trace", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        const fiber = yield* Effect.forkChild(run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] }), {
          startImmediately: true
        })
        yield* Fiber.interrupt(fiber)
        yield* run(at, { _tag: "Reserve", lines: [{ item, quantity: 2 }] })
        assert.deepStrictEqual(yield* levels(at, item), [3, 2, 0])
      })
    )
  })
}
