import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Availability } from "../availability/Availability.ts"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { StockEngine } from "../engine/StockEngine.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Quantity } from "../stock/Quantity.ts"
import { differences, levels, lotScenario, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What can be had, told by the planner that picks, and kits had by their components. */
export const availabilityContract = (it: Register): void => {
  describe("what can be had", () => {
    it.effect("is what a reservation would pick, with what each line is short of", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item, other] = at.items
        const [own] = at.batches
        const [main, second] = at.locations
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 3, location: second },
            { item, quantity: 2, batch: own },
            { item: other, quantity: 1 }
          ]
        })
        const availability = yield* Availability
        const lines = [
          { item, quantity: 4 },
          { item, quantity: 3, location: second },
          { item: other, quantity: 2 }
        ] as const
        const before = yield* StockQueries.use((queries) => queries.stock(at.organization, item))
        const found = yield* availability.check(at.organization, lines)
        assert.deepStrictEqual(
          found.map(({ requested, available, short }) => [requested, available, short]),
          [
            [4, 4, 0],
            [3, 1, 2],
            [2, 1, 1]
          ]
        )
        assert.deepStrictEqual(
          found[0]?.picks.map(({ location, batch, quantity }) => [location, batch, quantity]),
          [
            [main, own, 2],
            [second, null, 2]
          ]
        )
        assert.deepStrictEqual(yield* StockQueries.use((queries) => queries.stock(at.organization, item)), before)
        const unknown = availability.check(at.organization, [{ item: 999_999, quantity: 1 }])
        assert.strictEqual(yield* outcomeTag(unknown), "UnknownItem")
        const nothing = availability.check(at.organization, [{ item, quantity: 0 }])
        assert.strictEqual(yield* outcomeTag(nothing), "InvalidInput")
      })
    )

    it.effect("does not count what is due to expire or recalled", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [batch] = at.batches
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, batch }] })
        yield* Catalog.use((catalog) => catalog.updateBatch(at.organization, batch, { quarantined: true }))
        const [line] = yield* Availability.use(({ check }) => check(at.organization, [{ item, quantity: 1 }]))
        assert.strictEqual(line?.short, 1)
      })
    )
  })

  describe("kits", () => {
    it.effect("are as many as the scarcest component allows, and reserved whole or not at all", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const kit = yield* kitOf(at, [3, 2])
        const [one, two] = at.items
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item: one, quantity: 10 },
            { item: two, quantity: 5 }
          ]
        })
        const availability = yield* Availability
        assert.strictEqual(yield* availability.ofKit(at.organization, kit), 2)
        const [line] = yield* availability.check(at.organization, [{ item: kit, quantity: 3 }])
        assert.deepStrictEqual(
          [line?.available, line?.short, line?.components.map(({ short }) => short)],
          [2, 1, [0, 1]]
        )
        const engine = yield* StockEngine
        const reserve = (quantity: number) =>
          Effect.flatMap(availability.expand(at.organization, [{ item: kit, quantity }]), (lines) =>
            engine.execute({
              _tag: "Reserve",
              organization: at.organization,
              reference: `kits-${quantity}`,
              lines
            })
          )
        assert.strictEqual(yield* outcomeTag(reserve(3)), "InsufficientStock")
        const { holds } = yield* reserve(2)
        assert.deepStrictEqual(
          holds[0]?.lines.map(({ item, held }) => [item, held]),
          [
            [one, 6],
            [two, 4]
          ]
        )
        assert.strictEqual(yield* availability.ofKit(at.organization, kit), 0)
        assert.deepStrictEqual(yield* levels(at, one), [4, 6, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are counted right where components draw on the same stock", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [variation] = at.variations
        const catalog = yield* Catalog
        const made = yield* catalog.createItem(at.organization, { name: "Kit" })
        const quantity = Quantity.make(1)
        yield* catalog.setComponents(at.organization, made.id, [
          { item, variation: null, quantity },
          { item, variation, quantity }
        ])
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 5, variation },
            { item, quantity: 1 }
          ]
        })
        const kits = yield* Availability.use(({ ofKit }) => ofKit(at.organization, made.id))
        assert.strictEqual(kits, 3)
      })
    )
  })
}

/** A kit of so many units of each of the scenario's items. */
const kitOf = Effect.fnUntraced(function* (at: Scenario, [first, second]: readonly [number, number]) {
  const catalog = yield* Catalog
  const kit = yield* catalog.createItem(at.organization, { name: "Kit" })
  const part = (item: ItemId, quantity: number) => ({ item, variation: null, quantity: Quantity.make(quantity) })
  yield* catalog.setComponents(at.organization, kit.id, [part(at.items[0], first), part(at.items[1], second)])
  return kit.id
})
