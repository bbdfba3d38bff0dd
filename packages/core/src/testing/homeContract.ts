import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Units on hand at each of the scenario's locations. */
const here = (at: Scenario, item: ItemId) =>
  Effect.map(
    StockQueries.use((queries) => queries.stock(at.organization, item)),
    (stock) =>
      at.locations.map((location) => {
        const levels = stock?.byLocation.find((each) => each.location === location)
        return levels === undefined ? 0 : levels.available
      })
  )

/** An item's own location, what suppliers last brought, many rows at once, and figures of the stock. */
export const homeContract = (it: Register): void => {
  describe("an item's own location", () => {
    it.effect("is where its stock lands, and is picked first", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        const [main, second] = at.locations
        const line = (quantity: number) => ({ lines: [{ item, quantity }] as const })
        yield* run(at, { _tag: "Receive", ...line(5) })
        yield* run(at, { _tag: "SetHome", item, location: second })
        // What is there stays where it is.
        assert.deepStrictEqual(yield* here(at, item), [5, 0])
        yield* run(at, { _tag: "Receive", ...line(4) })
        yield* run(at, { _tag: "Adjust", lines: [{ item, delta: 1 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, location: main }] })
        yield* run(at, { _tag: "Receive", lines: [{ item: other, quantity: 1 }] })
        assert.deepStrictEqual(
          [yield* here(at, item), yield* here(at, other)],
          [
            [6, 5],
            [1, 0]
          ]
        )
        yield* run(at, { _tag: "Issue", ...line(3) })
        assert.deepStrictEqual(yield* here(at, item), [6, 2])
        yield* run(at, { _tag: "SetHome", item, location: null })
        yield* run(at, { _tag: "Issue", ...line(3) })
        assert.deepStrictEqual(yield* here(at, item), [3, 2])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("is the default one while it is closed, whoever remembers it open", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [, second] = at.locations
        const catalog = yield* Catalog
        yield* run(at, { _tag: "SetHome", item, location: second })
        // The first teaches the engine what is there.
        for (const open of [true, false, true]) {
          yield* catalog.updateLocation(at.organization, second, { active: open })
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
          const [first = 0, own = 0] = yield* here(at, item)
          if (own > 0) yield* run(at, { _tag: "Issue", lines: [{ item, quantity: own, location: second }] })
          assert.strictEqual(own, open ? 1 : 0)
          if (first > 0) yield* run(at, { _tag: "Issue", lines: [{ item, quantity: first }] })
        }
      })
    )

    it.effect("is not closed while stock lands there", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [, second] = at.locations
        const catalog = yield* Catalog
        yield* run(at, { _tag: "SetHome", item, location: second })
        for (let round = 0; round < 10; round++) {
          yield* Effect.all(
            [
              run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] }),
              Effect.ignore(catalog.updateLocation(at.organization, second, { active: false }))
            ],
            { concurrency: "unbounded" }
          )
          const location = yield* catalog.location(at.organization, second)
          const [, own = 0] = yield* here(at, item)
          assert.isTrue(location?.active === true || own === 0)
          if (own > 0) yield* run(at, { _tag: "Issue", lines: [{ item, quantity: own, location: second }] })
          yield* catalog.updateLocation(at.organization, second, { active: true })
        }
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("is an open location of the organization, where nothing is in transit", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const other = yield* scenario
        const [item] = at.items
        const catalog = yield* Catalog
        const transit = (yield* catalog.organization(at.organization))?.transit ?? at.locations[0]
        const refused = (location: number, of: number = item) =>
          outcomeTag(run(at, { _tag: "SetHome", item: of, location }))
        assert.strictEqual(yield* refused(other.locations[0]), "UnknownLocation")
        assert.strictEqual(yield* refused(transit), "TransitLocation")
        assert.strictEqual(yield* refused(at.locations[1], other.items[0]), "UnknownItem")
        yield* catalog.updateLocation(at.organization, at.locations[1], { active: false })
        assert.strictEqual(yield* refused(at.locations[1]), "InactiveLocation")
      })
    )

    it.effect("is shown and searched for, beside where stock lies", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [one, two] = at.items
        const [main, second] = at.locations
        const catalog = yield* Catalog
        yield* run(at, { _tag: "SetHome", item: two, location: second })
        assert.strictEqual((yield* catalog.item(at.organization, two))?.home, second)
        assert.isNull((yield* catalog.item(at.organization, one))?.home)
        const kept = (keptAt: typeof main) =>
          Effect.map(
            catalog.items({ organization: at.organization, keptAt, offset: 0, limit: 10 }),
            ({ rows, total }) => [rows.map(({ id }) => id), total]
          )
        assert.deepStrictEqual(yield* kept(main), [[one], 1])
        assert.deepStrictEqual(yield* kept(second), [[two], 1])
        yield* run(at, { _tag: "Receive", lines: [{ item: one, quantity: 1, location: second }] })
        assert.deepStrictEqual(yield* kept(second), [[one, two], 2])
      })
    )
  })

  describe("what suppliers last brought", () => {
    it.effect("is told of many items at once, sales and other organizations apart", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const other = yield* scenario
        const [one, two] = at.items
        const queries = yield* StockQueries
        const line = { lines: [{ item: one, quantity: 5 }] } as const
        yield* run(at, { _tag: "Receive", ...line })
        yield* Effect.sleep(2)
        const last = yield* run(at, { _tag: "Receive", ...line })
        yield* Effect.sleep(2)
        yield* run(at, { _tag: "Receive", ...line, from: "customer" })
        yield* run(at, { _tag: "Issue", lines: [{ item: one, quantity: 1 }] })
        yield* run(other, { _tag: "Receive", lines: [{ item: other.items[0], quantity: 1 }] })
        const supplied = yield* queries.lastSupplied(at.organization, [one, two, other.items[0]])
        assert.deepStrictEqual(Array.from(supplied), [[one, last.movements[0]?.at ?? 0]])
        assert.strictEqual((yield* queries.lastSupplied(at.organization, [])).size, 0)
      })
    )
  })

  describe("many rows at once", () => {
    it.effect("are all done, the later ones seeing the earlier ones", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [one, two] = at.items
        const outcome = yield* run(at, {
          _tag: "Bulk",
          rows: [
            [
              { _tag: "Receive", organization, lines: [{ item: one, quantity: 5 }] },
              { _tag: "SetPolicy", organization, item: one, lowStockThreshold: 3 }
            ],
            [{ _tag: "Adjust", organization, lines: [{ item: two, delta: 2 }] }],
            [{ _tag: "Issue", organization, lines: [{ item: one, quantity: 4 }] }]
          ]
        })
        assert.deepStrictEqual(
          outcome.items.map(({ item, available }) => [item, available]),
          [
            [one, 1],
            [two, 2]
          ]
        )
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are none of them done if one is refused, and all are told that are", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [one, two] = at.items
        const receive = (item: number, quantity: number) =>
          [{ _tag: "Receive", organization, lines: [{ item, quantity }] }] as const
        const error = yield* Effect.flip(
          run(at, {
            _tag: "Bulk",
            rows: [
              receive(one, 5),
              [{ _tag: "Issue", organization, lines: [{ item: one, quantity: 6 }] }],
              receive(two, 1),
              receive(999_999_999, 1)
            ]
          })
        )
        assert.deepInclude<object>(error, {
          _tag: "BulkRejected",
          failures: [
            { row: 1, tag: "InsufficientStock", reason: "Insufficient stock. Available: 5, Requested: 6" },
            { row: 3, tag: "UnknownItem", reason: "Item 999999999 not found" }
          ]
        })
        assert.deepStrictEqual(
          [yield* here(at, one), yield* here(at, two)],
          [
            [0, 0],
            [0, 0]
          ]
        )
        const other = yield* scenario
        const stranger = run(at, {
          _tag: "Bulk",
          rows: [[{ _tag: "Open", organization: other.organization, item: other.items[0] }]]
        })
        assert.strictEqual(yield* outcomeTag(stranger), "InvalidInput")
      })
    )

    it.effect("are thousands, and the commands after them are not held up", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const items: Array<ItemId> = []
        for (let page = 0; page < 2; page++) {
          const names = Array.from({ length: 1000 }, (_, n) => ({ name: `Bulk ${page} ${n}` }))
          items.push(...(yield* catalog.createItems(organization, names)).map(({ id }) => id))
        }
        const [first, ...rest] = items.map(
          (item) =>
            [
              { _tag: "Receive", organization, lines: [{ item, quantity: 3 }] },
              { _tag: "SetPolicy", organization, item, lowStockThreshold: 2, reorderPoint: 1 }
            ] as const
        )
        if (first === undefined) return
        const { movements } = yield* run(at, { _tag: "Bulk", rows: [first, ...rest] })
        assert.strictEqual(movements.length, 2000)
        yield* run(at, { _tag: "Issue", lines: [{ item: items[77] ?? 0, quantity: 1 }] })
        const figures = yield* catalog.stockFigures(organization)
        assert.deepInclude(figures, { low: 1, out: 2 })
        assert.strictEqual(figures.levels.available, 5999)
      })
    )
  })

  describe("figures of the stock", () => {
    it.effect("are those of the lists: by state, by location, what is low and what is out", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [one, two] = at.items
        const [main, second] = at.locations
        const catalog = yield* Catalog
        yield* run(at, { _tag: "Receive", lines: [{ item: one, quantity: 10 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item: one, quantity: 4, location: second }] })
        yield* run(at, { _tag: "Reserve", reference: "a", lines: [{ item: one, quantity: 3 }] })
        yield* run(at, { _tag: "Commit", hold: { reference: "a" } })
        yield* run(at, { _tag: "Reserve", lines: [{ item: one, quantity: 2 }] })
        yield* run(at, { _tag: "Quarantine", reason: "damage", lines: [{ item: one, quantity: 1 }] })
        yield* run(at, { _tag: "SetPolicy", item: one, lowStockThreshold: 8 })
        // Its time is over at once: what it holds counts as available.
        yield* run(at, { _tag: "Reserve", expiresIn: 1, lines: [{ item: one, quantity: 1 }] })
        const lot = yield* catalog.createBatch(organization, two, { name: "Lot" })
        if (lot === null) return yield* Effect.die("The item is there")
        yield* run(at, { _tag: "Receive", lines: [{ item: two, quantity: 5, batch: lot.id }] })
        yield* catalog.updateBatch(organization, lot.id, { quarantined: true })
        const three = yield* catalog.createItem(organization, { name: "Gone" })
        yield* run(at, { _tag: "Receive", lines: [{ item: three.id, quantity: 100 }] })
        yield* catalog.updateItem(organization, three.id, { active: false })
        yield* Effect.sleep(5)
        const { rows } = yield* catalog.items({ organization, active: true, offset: 0, limit: 10 })
        const sum = (state: "available" | "reserved" | "committed" | "quarantined") =>
          rows.reduce((units, row) => units + row[state], 0)
        const figures = yield* catalog.stockFigures(organization)
        assert.deepStrictEqual(figures.levels, { available: 8, reserved: 2, committed: 3, quarantined: 6 })
        assert.deepStrictEqual(figures.levels, {
          available: sum("available"),
          reserved: sum("reserved"),
          committed: sum("committed"),
          quarantined: sum("quarantined")
        })
        assert.deepStrictEqual([figures.low, figures.out], [1, 1])
        assert.deepStrictEqual(
          figures.byLocation.map(({ location, available }) => [location, available]),
          [
            [main, 4],
            [second, 4]
          ]
        )
        const other = yield* scenario
        assert.deepStrictEqual((yield* catalog.stockFigures(other.organization)).byLocation, [])
      })
    )
  })
}
