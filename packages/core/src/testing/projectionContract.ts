import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Projections } from "../ledger/Projections.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { footprintOf } from "../rules/Footprint.ts"
import type { BalanceRow, StockRow } from "../store/StockDriver.ts"
import { Store } from "../store/Store.ts"
import { differences, levels, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Writes over an item's stored stock, past every rule, as a hand in the database would. */
const tamper = (
  at: Scenario,
  change: (stored: { readonly stock: StockRow; readonly balances: ReadonlyArray<BalanceRow> }) => {
    readonly stock: StockRow
    readonly balances: ReadonlyArray<BalanceRow>
  }
) =>
  Effect.flatMap(Store, ({ stock }) => {
    const [item] = at.items
    const footprint = footprintOf([{ command: { _tag: "Open", organization: at.organization, item }, key: null }])
    return stock.transact(footprint, ({ items, balances, nextId }) => {
      const row = items.find((each) => each.item === item)
      if (row === undefined) throw new Error("The item is there")
      const { nextExpiry: _, ...before } = row
      const after = change({ stock: before, balances })
      return {
        items: [{ ...after.stock, version: nextId }],
        balances: after.balances,
        holds: [],
        grown: new Map(),
        documents: [],
        serials: [],
        movements: [],
        events: [],
        records: [],
        firstId: nextId,
        nextId: nextId + 1
      }
    })
  })

const rebuild = (at: Scenario) => Projections.use((projections) => projections.rebuild(at.organization))

/** The first item's stock, without the version that every write gives it. */
const shown = (at: Scenario) =>
  StockQueries.use((queries) => queries.stock(at.organization, at.items[0])).pipe(
    Effect.map((stock) => (stock === null ? null : { ...stock, version: null }))
  )

/** An item with stock at two places, some of it reserved and some gone. */
const traded = Effect.gen(function* () {
  const at = yield* scenario
  const [item] = at.items
  const [here, there] = at.locations
  yield* run(at, { _tag: "Receive", lines: [{ item, location: here, quantity: 10 }] })
  yield* run(at, { _tag: "Receive", lines: [{ item, location: there, quantity: 5 }] })
  yield* run(at, { _tag: "Reserve", lines: [{ item, location: here, quantity: 3 }] })
  yield* run(at, { _tag: "Issue", lines: [{ item, location: here, quantity: 2 }] })
  return at
})

/** What is computed from the ledger can be computed from it again. */
export const projectionContract = (it: Register): void => {
  describe("projections", () => {
    it.effect("are left alone where they are right", () =>
      Effect.gen(function* () {
        const at = yield* traded
        const queries = yield* StockQueries
        const before = yield* queries.stock(at.organization, at.items[0])
        const found = yield* rebuild(at)
        assert.deepStrictEqual(found, { items: 2, movements: 4, rebuilt: [], differences: [] })
        assert.deepStrictEqual(yield* queries.stock(at.organization, at.items[0]), before)
      })
    )

    it.effect("are computed anew where they are wrong: leaves, totals, and leaves that nothing moved to", () =>
      Effect.gen(function* () {
        const at = yield* traded
        const [item] = at.items
        const before = yield* shown(at)
        yield* tamper(at, ({ stock, balances }) => ({
          stock: { ...stock, available: 1_000, quarantined: 7 },
          balances: balances.map((leaf) => ({ ...leaf, available: leaf.available + 4, committed: 1 }))
        }))
        assert.isAbove((yield* differences(at)).length, 4)
        const found = yield* rebuild(at)
        assert.deepStrictEqual(found.rebuilt, [{ organization: at.organization, item }])
        assert.deepStrictEqual(found.differences, [])
        assert.deepStrictEqual(yield* differences(at), [])
        assert.deepStrictEqual(yield* shown(at), before)
        assert.deepStrictEqual((yield* rebuild(at)).rebuilt, [])
      })
    )

    it.effect("are what the next command decides on, whatever was remembered", () =>
      Effect.gen(function* () {
        const at = yield* traded
        const [item] = at.items
        yield* tamper(at, ({ stock, balances }) => ({
          stock: { ...stock, available: 0 },
          balances: balances.map((leaf) => ({ ...leaf, available: 0 }))
        }))
        assert.deepStrictEqual(yield* levels(at, item), [0, 3, 0])
        yield* rebuild(at)
        yield* run(at, { _tag: "Issue", lines: [{ item, location: at.locations[0], quantity: 5 }] })
        assert.deepStrictEqual(yield* levels(at, item), [5, 3, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are repaired under trade, and no sale is lost", () =>
      Effect.gen(function* () {
        const at = yield* traded
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, location: at.locations[0], quantity: 100 }] })
        yield* tamper(at, ({ stock, balances }) => ({ stock: { ...stock, available: stock.available + 9 }, balances }))
        const sale = run(at, { _tag: "Issue", lines: [{ item, location: at.locations[0], quantity: 1 }] })
        const [found] = yield* Effect.all([rebuild(at), Effect.all(Array.from({ length: 40 }, () => sale))], {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(found.rebuilt, [{ organization: at.organization, item }])
        assert.deepStrictEqual(yield* levels(at, item), [70, 3, 0])
        // What was sold before the repair says of itself, for ever, what was left by a wrong count.
        assert.deepStrictEqual(
          (yield* differences(at)).filter(({ rule }) => rule !== "running"),
          []
        )
      })
    )

    it.effect("are not touched in other organizations", () =>
      Effect.gen(function* () {
        const [at, other] = [yield* traded, yield* traded]
        yield* tamper(other, ({ stock, balances }) => ({ stock: { ...stock, available: 99 }, balances }))
        assert.deepStrictEqual((yield* rebuild(at)).rebuilt, [])
        assert.deepStrictEqual(
          (yield* differences(other)).map(({ rule, at: place, actual }) => [rule, place, actual]),
          [["total", "available", 99]]
        )
        yield* rebuild(other)
      })
    )
  })
}
