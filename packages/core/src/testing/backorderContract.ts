import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import type { Backorder } from "../documents/Backorder.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, levels, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What waits for stock, and what becomes of it when some comes in. */
export const backorderContract = (it: Register): void => {
  describe("backorders", () => {
    it.effect("are filled in order by whatever comes in, each fill a hold", () =>
      Effect.gen(function* () {
        const at = yield* selling(10)
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2 }] })
        yield* reserve(at, "A", 5)
        yield* reserve(at, "B", 2, 7)
        assert.strictEqual(yield* outcomeTag(reserve(at, "C", 6)), "BackorderLimitReached")
        const again = yield* reserve(at, "A", 5)
        assert.deepStrictEqual([again.replayed, again.holds.length, again.documents.length], [true, 1, 1])
        assert.deepStrictEqual(yield* waiting(at), [
          ["A", 3],
          ["B", 2]
        ])
        const came = yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        assert.deepStrictEqual(
          came.movements.map(({ cause, quantity }) => [cause, quantity]),
          [
            ["Receive", 3],
            ["FillBackorder", 2],
            ["FillBackorder", 1]
          ]
        )
        assert.deepStrictEqual(yield* waiting(at), [["A", 2]])
        assert.deepStrictEqual(yield* levels(at, item), [0, 5, 0])
        const [hold] = came.holds
        if (hold === undefined) return assert.fail("no hold")
        yield* run(at, { _tag: "Fulfil", hold: { id: hold.id } })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 9 }] })
        assert.deepStrictEqual(yield* waiting(at), [])
        assert.deepStrictEqual(yield* levels(at, item), [7, 5, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("take what an expired hold gives back, whoever asks next", () =>
      Effect.gen(function* () {
        const at = yield* selling(null)
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2 }] })
        yield* run(at, { _tag: "Reserve", reference: "short", expiresIn: 300, lines: [{ item, quantity: 2 }] })
        yield* reserve(at, "A", 2)
        const stranger = yield* scenario
        yield* Effect.sleep(400)
        // Who has no business with the item sets nothing off.
        assert.strictEqual(
          yield* outcomeTag(run(stranger, { _tag: "Issue", lines: [{ item, quantity: 1 }] })),
          "UnknownItem"
        )
        assert.strictEqual(
          yield* outcomeTag(run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })),
          "InsufficientStock"
        )
        assert.deepStrictEqual(yield* waiting(at), [])
        assert.deepStrictEqual(yield* levels(at, item), [0, 2, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are cancelled and put first by their ids, of their own organization only", () =>
      Effect.gen(function* () {
        const at = yield* selling(null)
        const [item] = at.items
        yield* reserve(at, "A", 4)
        const { documents } = yield* reserve(at, "B", 4)
        const id = documents[0]?.id ?? 0
        yield* run(at, { _tag: "PrioritizeBackorder", backorder: { id }, priority: 3 })
        yield* run(at, { _tag: "CancelBackorder", backorder: { id }, quantity: 1 })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 4 }] })
        assert.deepStrictEqual(yield* waiting(at), [["A", 3]])
        const stranger = yield* scenario
        const foreign = run(stranger, { _tag: "CancelBackorder", backorder: { id } })
        assert.strictEqual(yield* outcomeTag(foreign), "UnknownBackorder")
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of many callers at once are filled exactly, none twice and none short", () =>
      Effect.gen(function* () {
        const at = yield* selling(null)
        const [item] = at.items
        const orders = Array.from({ length: 20 }, (_, n) => reserve(at, `order-${n}`, 2))
        const deliveries = Array.from({ length: 10 }, () =>
          run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        )
        yield* Effect.all([...orders, ...deliveries], { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* levels(at, item), [0, 30, 0])
        assert.strictEqual(
          (yield* waiting(at)).reduce((sum, [, units]) => sum + units, 0),
          10
        )
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )
  })
}

/** A scenario whose first item takes so many units of backorders. */
const selling = Effect.fnUntraced(function* (backorderLimit: number | null) {
  const at = yield* scenario
  yield* run(at, { _tag: "SetPolicy", item: at.items[0], backorderLimit })
  return at
})

const reserve = (at: Scenario, reference: string, quantity: number, priority = 0) =>
  run(at, { _tag: "Reserve", reference, backorder: true, priority, lines: [{ item: at.items[0], quantity }] })

/** The orders that wait, oldest first, and for how many units. */
const waiting = (at: Scenario) =>
  StockQueries.use((queries) =>
    queries.documents(
      { organization: at.organization, kind: "backorder", status: "waiting" },
      { limit: 100, order: "oldest" }
    )
  ).pipe(
    Effect.map((found) =>
      found
        .filter((document): document is Backorder => document.kind === "backorder")
        .map(({ order, waiting }) => [order, waiting] as const)
    )
  )
