import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, lotScenario, outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What an item's policy makes of picks, alerts and negative stock. */
export const policyContract = (it: Register): void => {
  describe("policies", () => {
    it.effect("are kept with the item and say what is picked first", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [own] = at.batches
        const catalog = yield* Catalog
        const soon = yield* catalog.createBatch(at.organization, item, {
          name: "Soon",
          expiresAt: Date.now() + 86_400_000
        })
        if (soon === null) return assert.fail("no batch")
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 2, batch: own },
            { item, quantity: 2, batch: soon.id }
          ]
        })
        const taken = Effect.map(run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] }), ({ movements }) =>
          movements.map(({ from }) => (typeof from === "string" ? from : from.batch))
        )
        assert.deepStrictEqual(yield* taken, [soon.id])
        yield* run(at, { _tag: "SetPolicy", item, pickOrder: "fifo", reorderPoint: 4 })
        assert.deepStrictEqual(yield* taken, [own])
        yield* run(at, { _tag: "SetPolicy", item, pickOrder: "explicit" })
        assert.strictEqual(yield* outcomeTag(taken), "LeafNotNamed")
        const stock = yield* StockQueries.use((queries) => queries.stock(at.organization, item))
        assert.deepStrictEqual(stock?.policy, { pickOrder: "explicit", reorderPoint: 4 })
      })
    )

    it.effect("let available fall below zero, and the database no further", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [, other] = at.locations
        const issue = (quantity: number) => outcomeTag(run(at, { _tag: "Issue", lines: [{ item, quantity }] }))
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        assert.strictEqual(yield* issue(2), "InsufficientStock")
        yield* run(at, { _tag: "SetPolicy", item, negativeLimit: 3 })
        assert.strictEqual(yield* issue(4), "Success")
        assert.strictEqual(yield* issue(1), "InsufficientStock")
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, location: other }] })
        assert.strictEqual(yield* issue(3), "InsufficientStock")
        const lower = run(at, { _tag: "SetPolicy", item, negativeLimit: 0 })
        assert.strictEqual(yield* outcomeTag(lower), "NegativeLimitInUse")
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        assert.strictEqual(yield* outcomeTag(lower), "Success")
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of a location raise and clear an alert of their own", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [location] = at.locations
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        yield* run(at, { _tag: "SetPolicy", item, location, lowStockThreshold: 3, hysteresis: 1 })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 2 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        const narrow = Effect.map(
          StockQueries.use((queries) => queries.stock(at.organization, item)),
          (stock) => stock?.policy?.narrow?.map(({ alert, threshold }) => [alert, threshold])
        )
        assert.deepStrictEqual(yield* narrow, [[true, 3]])
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        assert.deepStrictEqual(yield* narrow, [[false, 3]])
        const listed = yield* Catalog.use((catalog) => catalog.item(at.organization, item))
        assert.isNull(listed?.lowStockThreshold)
      })
    )
  })
}
