import { assert, describe } from "@effect/vitest"
import { Clock, Effect } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import { CostQueries } from "../ledger/CostQueries.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What stores keep of what stock cost. */
export const costContract = (it: Register): void => {
  describe("costs", () => {
    it.effect("follow the method: moving average or first in, first out", () =>
      Effect.gen(function* () {
        for (const [method, sold, left] of [
          ["average", "22.50", "7.50"],
          ["fifo", "20.00", "10.00"]
        ] as const) {
          const at = yield* scenario
          const [item] = at.items
          yield* run(at, { _tag: "SetCosting", item, method })
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, unitCost: "5.00" }] })
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, unitCost: "10.00" }] })
          const { movements } = yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
          assert.deepStrictEqual(
            movements.map(({ details }) => details),
            [{ cost: sold }]
          )
          assert.deepStrictEqual(yield* value(at, item), [1, left])
          assert.deepStrictEqual(yield* differences(at), [])
        }
      })
    )

    it.effect("go along when stock moves, and come back with what a customer returns", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [here, there] = at.locations
        yield* run(at, {
          _tag: "SetCosting",
          item,
          method: "average",
          locations: [{ location: there, method: "fifo" }]
        })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3, location: here, unitCost: "0.333333" }] })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, location: there, unitCost: "2.00" }] })
        yield* run(at, { _tag: "Reserve", reference: "order", lines: [{ item, quantity: 2, location: here }] })
        yield* run(at, { _tag: "Fulfil", hold: { reference: "order" } })
        yield* run(at, { _tag: "Receive", from: "customer", lines: [{ item, quantity: 1, location: here }] })
        const queries = yield* CostQueries
        assert.deepStrictEqual((yield* queries.item(at.organization, item))?.byLocation, [
          { location: here, units: 2, value: "0.666666", unitCost: "0.333333" },
          { location: there, units: 1, value: "2.00", unitCost: "2.00" }
        ])
        const now = yield* Clock.currentTimeMillis
        const sold = yield* queries.costOfGoods(at.organization, item, { from: 0, until: now + 60_000 })
        assert.deepStrictEqual(sold, { units: 1, cost: "0.333333" })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are valued as of any instant, of an item and of all", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [one, two] = at.items
        yield* run(at, { _tag: "SetCosting", item: one, method: "fifo" })
        yield* run(at, { _tag: "SetCosting", item: two, method: "average" })
        const lines = [
          { item: one, quantity: 2, unitCost: "5.00" },
          { item: two, quantity: 1, unitCost: "799.995" }
        ] as const
        const { movements } = yield* run(at, { _tag: "Receive", lines })
        const then = movements[0]?.at ?? 0
        yield* Effect.sleep(3)
        yield* run(at, { _tag: "Issue", to: "loss", lines: [{ item: one, quantity: 1 }] })
        const queries = yield* CostQueries
        assert.deepStrictEqual(yield* queries.total(at.organization, then), { units: 3, value: "809.995" })
        assert.deepStrictEqual(yield* queries.total(at.organization), { units: 2, value: "804.995" })
        assert.strictEqual((yield* queries.item(at.organization, one, then))?.value, "10.00")
        assert.strictEqual((yield* queries.item(at.organization, one, then - 1))?.value, "0.00")
        const stranger = yield* scenario
        assert.isNull(yield* queries.item(stranger.organization, one))
      })
    )

    it.effect("begin with what is there at a cost that is said, and end only when nothing is there", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 4 }] })
        yield* run(at, { _tag: "Reserve", reference: "order", lines: [{ item, quantity: 1 }] })
        const begin = { _tag: "SetCosting", item, method: "average" } as const
        assert.strictEqual(yield* outcomeTag(run(at, begin)), "UnitCostRequired")
        const { items } = yield* run(at, { ...begin, unitCost: "2.50" })
        assert.deepStrictEqual(
          items.map(({ available, reserved }) => [available, reserved]),
          [[3, 1]]
        )
        assert.deepStrictEqual(yield* value(at, item), [4, "10.00"])
        assert.strictEqual(yield* outcomeTag(run(at, { ...begin, method: null })), "CostsInUse")
        yield* run(at, { _tag: "Fulfil", hold: { reference: "order" } })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
        assert.deepStrictEqual(yield* value(at, item), [0, "0.00"])
        yield* run(at, { ...begin, method: null })
        assert.isNull(yield* CostQueries.use((queries) => queries.item(at.organization, item)))
        const stock = yield* StockQueries.use((queries) => queries.stock(at.organization, item))
        assert.strictEqual(stock?.total.available, 0)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of items that do not keep them are left alone, but what was said of a receipt is kept", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const { movements } = yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, unitCost: "5.00" }] })
        assert.deepStrictEqual(
          movements.map(({ details }): object | null => details),
          [{ unitCost: "5.00" }]
        )
        const wrong = run(at, { _tag: "Receive", lines: [{ item, quantity: 1, unitCost: "5.0000001" }] })
        assert.strictEqual(yield* outcomeTag(wrong), "InvalidInput")
      })
    )
  })
}

const value = (at: Scenario, item: ItemId) =>
  CostQueries.use((queries) => queries.item(at.organization, item)).pipe(
    Effect.map((found) => [found?.units, found?.value])
  )
