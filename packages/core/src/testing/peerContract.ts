import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, type Input, levels, lotScenario, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/**
 * What users of other inventory systems reported to them, each a promise here. Two more stand where their subjects do:
 * Odoo #268942 among the serials, Blnk #315 among the returns.
 */
export const peerContract = (it: Register): void => {
  describe("reported to others", () => {
    it.effect("Odoo #32857: of twenty who reserve one of ten units at once, ten get one", () =>
      Effect.gen(function* () {
        const at = yield* stocked(10)
        const tags = yield* together(20, () => outcomeTag(run(at, reserve(at, 1))))
        assert.strictEqual(count(tags, "Success"), 10)
        assert.strictEqual(count(tags, "InsufficientStock"), 10)
        yield* stands(at, [0, 10, 0])
      })
    )

    it.effect("Odoo #62139: no more is unreserved than is reserved", () =>
      Effect.gen(function* () {
        const at = yield* stocked(5)
        const [item] = at.items
        yield* run(at, reserve(at, 3, "order"))
        const hold = { reference: "order" }
        const tooMuch = yield* Effect.flip(run(at, { _tag: "Release", hold, lines: [{ item, quantity: 4 }] }))
        assert.deepInclude<object>(tooMuch, { _tag: "InsufficientHold", held: 3, requested: 4 })
        yield* stands(at, [2, 3, 0])
        const tags = yield* together(6, () =>
          outcomeTag(run(at, { _tag: "Release", hold, lines: [{ item, quantity: 1 }] }))
        )
        assert.strictEqual(count(tags, "Success"), 3)
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "Release", hold })), "HoldClosed")
        const anonymous = yield* run(at, { _tag: "ReleaseAnonymous", item, quantity: 9 })
        assert.deepStrictEqual(anonymous.movements, [])
        yield* stands(at, [5, 0, 0])
      })
    )

    it.effect("Odoo #144574: a thousand grams reserved as a kilogram are a thousand grams released", () =>
      Effect.gen(function* () {
        const { organization, ...at } = yield* scenario
        const catalog = yield* Catalog
        const unit = yield* catalog.createTerm("unit", organization, { name: "kilogram", symbol: "kg", scale: 3 })
        const { id: item } = yield* catalog.createItem(organization, { name: "Flour", unitId: unit.id })
        const there = { ...at, organization, items: [item, at.items[1]] as const }
        yield* run(there, { _tag: "Receive", lines: [{ item, quantity: 2_500 }] })
        yield* run(there, reserve(there, 1_000, "order"))
        const { movements } = yield* run(there, { _tag: "Release", hold: { reference: "order" } })
        assert.deepStrictEqual(
          movements.map(({ quantity }) => quantity),
          [1_000]
        )
        yield* stands(there, [2_500, 0, 0])
      })
    )

    it.effect("ERPNext #51375: an order reserved at once by many reserves once, and no more than there is", () =>
      Effect.gen(function* () {
        const at = yield* stocked(10)
        const same = yield* together(8, () => run(at, reserve(at, 4, "order")))
        assert.strictEqual(new Set(same.flatMap(({ holds }) => holds.map(({ id }) => id))).size, 1)
        yield* stands(at, [6, 4, 0])
        const others = yield* together(8, (n) => outcomeTag(run(at, reserve(at, 4, `other-${n}`))))
        assert.strictEqual(count(others, "Success"), 1)
        yield* stands(at, [2, 8, 0])
      })
    )

    it.effect("ERPNext #37192: a count of last week, recorded today, rewrites no balance before or after it", () =>
      Effect.gen(function* () {
        const at = yield* stocked(10)
        const [item] = at.items
        const queries = yield* StockQueries
        const sold = yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
        const then = sold.movements[0]?.at ?? 0
        yield* Effect.sleep(4)
        const ledger = () => queries.movements({ organization: at.organization, item }, { limit: 100, order: "oldest" })
        const before = yield* ledger()
        const lastWeek = then - 7 * 86_400_000
        const counted = {
          _tag: "Adjust",
          reason: "count",
          effectiveAt: lastWeek,
          lines: [{ item, delta: -2 }]
        } as const
        const { movements } = yield* run(at, counted)
        assert.deepInclude(movements[0]?.details, { effectiveAt: lastWeek })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        const after = yield* ledger()
        assert.deepStrictEqual(after.slice(0, before.length), before)
        assert.deepStrictEqual(
          after.map(({ onHandAfter }) => onHandAfter),
          [10, 7, 5, 4]
        )
        const [leaf] = yield* queries.balanceAsOf(at.organization, item, then)
        assert.strictEqual(leaf?.available, 7)
        yield* stands(at, [4, 0, 0])
      })
    )

    it.effect("ERPNext #44227: when every order is over, nothing is left reserved at any level", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [variation, large] = at.variations
        const [, batch] = at.batches
        const [here, there] = at.locations
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, variation, location: here, quantity: 5 },
            { item, variation: large, batch, location: there, quantity: 5 },
            { item, quantity: 5 }
          ]
        })
        const ends: ReadonlyArray<ReadonlyArray<Input>> = [
          [{ _tag: "Fulfil", hold: { reference: "0" } }],
          [{ _tag: "Release", hold: { reference: "1" } }],
          [
            { _tag: "Commit", hold: { reference: "2" } },
            { _tag: "Release", hold: { reference: "2" } }
          ],
          [
            { _tag: "Fulfil", hold: { reference: "3" }, lines: [{ item, quantity: 1 }] },
            { _tag: "Release", hold: { reference: "3" } }
          ]
        ]
        for (const n of ends.keys()) yield* run(at, reserve(at, 3, `${n}`))
        yield* run(at, { ...reserve(at, 2), expiresIn: 1 })
        yield* Effect.forEach(ends, (steps) => Effect.forEach(steps, (step) => run(at, step)), {
          concurrency: "unbounded"
        })
        yield* Effect.sleep(5)
        const stock = yield* StockQueries.use((queries) => queries.stock(at.organization, item))
        const { byLocation = [], byVariation = [], byBatch = [], leaves = [] } = stock ?? {}
        const everywhere = [...byLocation, ...byVariation, ...byBatch, ...leaves]
        assert.isAbove(everywhere.length, 8)
        for (const { reserved, committed } of everywhere) assert.deepStrictEqual([reserved, committed], [0, 0])
        yield* stands(at, [11, 0, 0])
      })
    )

    it.effect("ERPNext #57599: reserved is one number, wherever it is read", () =>
      Effect.gen(function* () {
        const at = yield* stocked(10)
        const [item] = at.items
        const { organization } = at
        yield* run(at, reserve(at, 2, "soft"))
        yield* run(at, { ...reserve(at, 4, "gone"), expiresIn: 1 })
        yield* run(at, reserve(at, 3, "firm"))
        yield* run(at, { _tag: "Commit", hold: { reference: "firm" }, lines: [{ item, quantity: 1 }] })
        yield* Effect.sleep(5)
        const [catalog, queries] = yield* Effect.all([Catalog, StockQueries])
        const stock = yield* queries.stock(organization, item)
        const { rows } = yield* catalog.items({ organization, offset: 0, limit: 10 })
        const holds = yield* queries.holds({ organization }, { limit: 10, order: "oldest" })
        const held = holds.flatMap(({ lines }) => lines).reduce((sum, { reserved }) => sum + reserved, 0)
        const atLocations = stock?.byLocation.reduce((sum, { reserved }) => sum + reserved, 0)
        const read = [
          stock?.total.reserved,
          atLocations,
          (yield* catalog.item(organization, item))?.reserved,
          rows.find(({ id }) => id === item)?.reserved,
          held,
          (yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })).items[0]?.reserved
        ]
        assert.deepStrictEqual(read, [4, 4, 4, 4, 4, 4])
      })
    )

    it.effect("InvenTree #12478: two lines of five are not both met from five", () =>
      Effect.gen(function* () {
        const at = yield* stocked(5)
        const [item] = at.items
        const five = { item, quantity: 5 }
        for (const _tag of ["Reserve", "Issue"] as const) {
          const refused = yield* Effect.flip(run(at, { _tag, lines: [five, five] }))
          assert.deepInclude<object>(refused, { _tag: "InsufficientStock", line: 1, available: 0, requested: 5 })
        }
        const tags = yield* together(2, () => outcomeTag(run(at, reserve(at, 5))))
        assert.strictEqual(count(tags, "Success"), 1)
        yield* stands(at, [0, 5, 0])
      })
    )

    it.effect("InvenTree #12385: of fifty changes at once, none is lost", () =>
      Effect.gen(function* () {
        const at = yield* stocked(25)
        const [item] = at.items
        yield* together(50, (n) => run(at, { _tag: "Adjust", lines: [{ item, delta: n % 2 === 0 ? 3 : -1 }] }))
        yield* stands(at, [75, 0, 0])
      })
    )

    it.effect("InvenTree #7285: a batch and the item it belongs to are not allocated beyond what is there", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [batch] = at.batches
        yield* run(at, { _tag: "Receive", lines: [{ item, batch, quantity: 5 }] })
        yield* run(at, { _tag: "Reserve", lines: [{ item, batch, quantity: 3 }] })
        const refused = yield* Effect.flip(run(at, reserve(at, 3)))
        assert.deepInclude<object>(refused, { _tag: "InsufficientStock", level: "item", available: 2, requested: 3 })
        yield* run(at, reserve(at, 2))
        const none = yield* Effect.flip(run(at, { _tag: "Reserve", lines: [{ item, batch, quantity: 1 }] }))
        assert.deepInclude<object>(none, { _tag: "InsufficientStock", level: "batch", batch, available: 0 })
        yield* stands(at, [0, 5, 0])
      })
    )

    it.effect("OpenBoxes #6061: five on hand never become minus five, whatever takes ten of them", () =>
      Effect.gen(function* () {
        const at = yield* stocked(5)
        const [item] = at.items
        const [from, to] = at.locations
        const ten = [{ item, quantity: 10 }] as const
        const takes: ReadonlyArray<Input> = [
          { _tag: "Issue", lines: ten },
          { _tag: "Issue", to: "adjustment", lines: ten },
          { _tag: "Adjust", lines: [{ item, delta: -10 }] },
          { _tag: "Reserve", lines: ten },
          { _tag: "Quarantine", reason: "damage", lines: ten },
          { _tag: "WriteOff", reason: "theft", from: "available", lines: ten },
          { _tag: "RequestTransfer", from, to, lines: ten }
        ]
        for (const command of takes) {
          const refused = yield* Effect.flip(run(at, command))
          assert.deepInclude<object>(refused, { _tag: "InsufficientStock", available: 5, requested: 10 }, command._tag)
        }
        const tags = yield* together(4, () => outcomeTag(run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })))
        assert.strictEqual(count(tags, "Success"), 1)
        yield* stands(at, [2, 0, 0])
      })
    )

    it.effect("OpenBoxes #2527: what was available when the picker looked is not taken for what is", () =>
      Effect.gen(function* () {
        const at = yield* stocked(5)
        const [item] = at.items
        const seen = yield* StockQueries.use((queries) => queries.stock(at.organization, item))
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
        const refused = yield* Effect.flip(run(at, reserve(at, 5)))
        assert.deepInclude<object>(refused, { _tag: "InsufficientStock", available: 2, requested: 5 })
        const asSeen = { unchanged: { item, version: seen?.version ?? 0 } }
        assert.strictEqual(yield* outcomeTag(run(at, reserve(at, 1), asSeen)), "ChangedMeanwhile")
        const set = run(at, { _tag: "Set", item, quantity: 9, expected: 5 })
        assert.deepInclude<object>(yield* Effect.flip(set), { _tag: "ExpectationFailed", expected: 5, actual: 2 })
        yield* stands(at, [2, 0, 0])
      })
    )

    it.effect("Blnk #171: a hold is committed once, and shipped once, however many ask", () =>
      Effect.gen(function* () {
        const at = yield* stocked(9)
        yield* run(at, reserve(at, 4, "order"))
        const hold = { reference: "order" }
        const commits = yield* together(10, () => outcomeTag(run(at, { _tag: "Commit", hold })))
        assert.deepStrictEqual([count(commits, "Success"), count(commits, "HoldClosed")], [1, 9])
        yield* stands(at, [5, 0, 4])
        const ships = yield* together(10, () => outcomeTag(run(at, { _tag: "Fulfil", hold })))
        assert.deepStrictEqual([count(ships, "Success"), count(ships, "HoldClosed")], [1, 9])
        yield* stands(at, [5, 0, 0])
      })
    )
  })
}

/** A scenario whose first item has so many units available. */
const stocked = Effect.fnUntraced(function* (quantity: number) {
  const at = yield* scenario
  yield* run(at, { _tag: "Receive", lines: [{ item: at.items[0], quantity }] })
  return at
})

const reserve = (at: Scenario, quantity: number, reference: string | null = null) =>
  ({ _tag: "Reserve", reference, lines: [{ item: at.items[0], quantity }] }) as const

const together = <A, E, R>(n: number, effect: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.all(
    Array.from({ length: n }, (_, index) => effect(index)),
    { concurrency: "unbounded" }
  )

const count = (tags: ReadonlyArray<string>, tag: string): number => tags.filter((each) => each === tag).length

/** The first item has these units available, reserved and committed, and the ledger proves it. */
const stands = Effect.fnUntraced(function* (at: Scenario, expected: readonly [number, number, number]) {
  assert.deepStrictEqual(yield* levels(at, at.items[0]), [...expected])
  assert.deepStrictEqual(yield* differences(at), [])
})
