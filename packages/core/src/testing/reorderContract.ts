import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Reorders } from "../ledger/Reorders.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, levels, outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What is to be ordered, and what is kept elsewhere. */
export const reorderContract = (it: Register): void => {
  describe("reorders", () => {
    it.effect("are suggested of what is available, expected and waited for", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        const { organization } = at
        const reorders = yield* Reorders
        const quantities = Effect.map(reorders.suggestions(organization), (found) =>
          found.map((each) => [each.item, each.quantity, each.basis])
        )
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 40 },
            { item: other, quantity: 40 }
          ]
        })
        yield* run(at, { _tag: "SetPolicy", item, reorderPoint: 10, maximum: 50, backorderLimit: null })
        yield* run(at, { _tag: "SetPolicy", item: other, leadTimeDays: 10, safetyStock: 5 })
        assert.deepStrictEqual(yield* quantities, [])
        yield* run(at, {
          _tag: "Issue",
          lines: [
            { item, quantity: 30 },
            { item: other, quantity: 30 }
          ]
        })
        assert.deepStrictEqual(yield* quantities, [
          [item, 40, "maximum"],
          [other, 5, "demand"]
        ])
        yield* run(at, { _tag: "Reserve", backorder: true, lines: [{ item, quantity: 15 }] })
        yield* run(at, { _tag: "ExpectSupply", reference: "PO-1", lines: [{ item: other, quantity: 6 }] })
        assert.deepStrictEqual(yield* quantities, [[item, 55, "maximum"]])
        assert.strictEqual(yield* outcomeTag(reorders.suggestions(organization, 0)), "InvalidInput")
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("count what is expected for alerts, where the policy says so", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 9 }] })
        yield* run(at, { _tag: "SetPolicy", item, lowStockThreshold: 5, basis: "availableAndExpected" })
        const alert = Effect.map(
          StockQueries.use((queries) => queries.stock(at.organization, item)),
          (stock) => stock?.alert
        )
        yield* run(at, { _tag: "ExpectSupply", reference: "PO-1", lines: [{ item, quantity: 10 }] })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 8 }] })
        assert.isFalse(yield* alert)
        yield* run(at, { _tag: "CancelSupply", supply: { reference: "PO-1" } })
        assert.isTrue(yield* alert)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )
  })

  describe("a hold", () => {
    it.effect("is kept elsewhere, on lines of its own", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [main, second] = at.locations
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 3 },
            { item, quantity: 5, location: second }
          ]
        })
        yield* run(at, { _tag: "Reserve", reference: "A", lines: [{ item, quantity: 3 }] })
        const hold = { reference: "A" }
        yield* run(at, { _tag: "Reallocate", hold, lines: [{ item, quantity: 2, to: { location: second } }] })
        yield* run(at, { _tag: "Reallocate", hold, lines: [{ item, quantity: 1, location: main }] })
        const held = yield* StockQueries.use((queries) => queries.hold(at.organization, hold))
        assert.deepStrictEqual(
          held?.lines.map(({ line, location, reserved, released }) => [line, location, reserved, released]),
          [
            [0, main, 0, 3],
            [1, second, 2, 0],
            [2, second, 1, 0]
          ]
        )
        yield* run(at, { _tag: "Fulfil", hold })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("has all its lines when it is made and kept elsewhere in one batch", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [main, second] = at.locations
        const hold = { reference: "A" }
        // In this order; those that come while the first is on its way to the store are one batch.
        yield* Effect.all(
          [
            run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] }),
            run(at, { _tag: "Receive", lines: [{ item, quantity: 5, location: second }] }),
            run(at, { _tag: "Reserve", reference: "A", lines: [{ item, quantity: 3, location: main }] }),
            run(at, { _tag: "Reallocate", hold, lines: [{ item, quantity: 2, to: { location: second } }] })
          ],
          { concurrency: "unbounded" }
        )
        const held = yield* StockQueries.use((queries) => queries.hold(at.organization, hold))
        assert.deepStrictEqual(
          held?.lines.map(({ line, location, reserved, released }) => [line, location, reserved, released]),
          [
            [0, main, 1, 2],
            [1, second, 2, 0]
          ]
        )
        assert.deepStrictEqual(yield* differences(at), [])
        yield* run(at, { _tag: "Fulfil", hold })
        assert.deepStrictEqual(yield* levels(at, item), [5, 0, 0])
      })
    )
  })
}
