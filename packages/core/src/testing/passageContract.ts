import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { maxOffset } from "../ledger/pages.ts"
import { locationOf, passageOf, passages } from "../ledger/passage.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Lists of the ledger that are paged by number, searched, and narrowed by what movements did at a location. */
export const passageContract = (it: Register): void => {
  describe("lists of the ledger", () => {
    it.effect("are narrowed by what movements did at a location, as the rule says", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const [here, there] = at.locations
        const line = (quantity: number) => ({ lines: [{ item, quantity }] as const })
        yield* run(at, { _tag: "Receive", ...line(50) })
        yield* run(at, { _tag: "Receive", from: "customer", ...line(2) })
        yield* run(at, { _tag: "Receive", from: "adjustment", ...line(3) })
        yield* run(at, { _tag: "Issue", ...line(4) })
        const lost = yield* run(at, { _tag: "Issue", to: "loss", ...line(5) })
        yield* run(at, { _tag: "Adjust", lines: [{ item, delta: -6 }] })
        yield* run(at, { _tag: "Reserve", reference: "order", ...line(7) })
        yield* run(at, { _tag: "Fulfil", hold: { reference: "order" } })
        yield* run(at, { _tag: "Reverse", movement: lost.movements[0]?.id ?? 0 })
        const asked = yield* run(at, { _tag: "RequestTransfer", from: here, to: there, ...line(8) })
        const transfer = { id: asked.documents[0]?.id ?? 0 }
        yield* run(at, { _tag: "CompleteTransfer", transfer })

        const catalog = yield* Catalog
        const transit = (yield* catalog.organization(organization))?.transit ?? here
        const queries = yield* StockQueries
        const page = { order: "oldest", limit: 100 } as const
        const all = yield* queries.movements({ organization }, page)
        const ids = (filter: object) =>
          Effect.map(queries.movements({ organization, ...filter }, page), (rows) => rows.map(({ id }) => id))
        for (const passage of passages) {
          const wanted = all.filter((movement) => passageOf(movement, transit) === passage)
          assert.isAbove(wanted.length, 0, passage)
          assert.deepStrictEqual(
            yield* ids({ passage }),
            wanted.map(({ id }) => id)
          )
          assert.strictEqual(yield* queries.countMovements({ organization, passage }), wanted.length)
        }
        const any = all.filter((movement) => passageOf(movement, transit) !== null)
        assert.isBelow(any.length, all.length)
        assert.deepStrictEqual(
          yield* ids({ passage: "any" }),
          any.map(({ id }) => id)
        )
        const moved = any.filter((movement) => /departed|arrived/.test(passageOf(movement, transit) ?? ""))
        assert.deepStrictEqual(
          moved.map((movement) => [passageOf(movement, transit), locationOf(movement, transit)]),
          [
            ["departed", here],
            ["arrived", there]
          ]
        )
      })
    )

    it.effect("are searched in reference and note, as it is written", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const receive = (quantity: number, more: object) =>
          run(at, { _tag: "Receive", lines: [{ item, quantity }], ...more })
        yield* receive(1, { reference: "PO-77" })
        yield* receive(2, { note: "came with po-77, 100% fine" })
        yield* receive(3, {})
        const queries = yield* StockQueries
        const found = (search: string) =>
          Effect.map(
            queries.movements({ organization: at.organization, search }, { order: "oldest", limit: 10 }),
            (rows) => rows.map(({ quantity }) => quantity)
          )
        assert.deepStrictEqual(yield* found("Po-7"), [1, 2])
        assert.deepStrictEqual(yield* found("0% f"), [2])
        assert.deepStrictEqual(yield* found("_"), [])
      })
    )

    it.effect("leave out as many rows as a page is far down, up to a limit", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const [from, to] = at.locations
        for (let quantity = 1; quantity <= 5; quantity++) {
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity }] })
          yield* run(at, { _tag: "Reserve", reference: `hold ${quantity}`, lines: [{ item, quantity: 1 }] })
        }
        for (const label of ["a", "b", "c"]) {
          yield* run(at, { _tag: "RequestTransfer", from, to, label, lines: [{ item, quantity: 1 }] })
        }
        const queries = yield* StockQueries
        const rows = (order: "oldest" | "newest", offset: number) =>
          Effect.map(
            queries.movements({ organization, item, passage: "supplied" }, { order, offset, limit: 2 }),
            (found) => found.map(({ quantity }) => quantity)
          )
        assert.deepStrictEqual(yield* rows("oldest", 0), [1, 2])
        assert.deepStrictEqual(yield* rows("oldest", 3), [4, 5])
        assert.deepStrictEqual(yield* rows("newest", 2), [3, 2])
        assert.deepStrictEqual(yield* rows("newest", 5), [])
        const holds = yield* queries.holds({ organization }, { order: "newest", offset: 3, limit: 9 })
        assert.deepStrictEqual(
          holds.map(({ reference }) => reference),
          ["hold 2", "hold 1"]
        )
        const documents = yield* queries.documents({ organization }, { order: "newest", offset: 1, limit: 9 })
        assert.deepStrictEqual(
          documents.map((document) => document.kind === "transfer" && document.label),
          ["b", "a"]
        )
        for (const offset of [-1, 0.5, maxOffset + 1]) {
          const far = queries.movements({ organization }, { order: "newest", offset, limit: 1 })
          assert.strictEqual(yield* outcomeTag(far), "InvalidInput")
        }
      })
    )
  })

  describe("items and locations", () => {
    it.effect("are read by many ids at once, the location of transit too, and no stranger's", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const other = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const slice = { organization, offset: 0, limit: 10 }
        const items = yield* catalog.items({ ...slice, ids: [at.items[1], other.items[0]] })
        assert.deepStrictEqual([items.rows.map(({ id }) => id), items.total], [[at.items[1]], 1])
        assert.strictEqual((yield* catalog.items({ ...slice, ids: [] })).total, 0)
        const transit = (yield* catalog.organization(organization))?.transit ?? at.locations[0]
        const ids = [at.locations[1], transit, other.locations[0]]
        const locations = yield* catalog.locations({ ...slice, ids })
        assert.deepStrictEqual(
          locations.rows.map(({ id }) => id),
          [at.locations[1], transit]
        )
        assert.strictEqual((yield* catalog.locations({ ...slice, ids: [] })).total, 0)
      })
    )
  })

  describe("a unit cost", () => {
    it.effect("is kept on what goes out, and moves no value", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "SetCosting", item, method: "fifo" })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10, unitCost: "2.00" }] })
        const sale = yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, unitCost: "9.99" }] })
        assert.deepInclude<object>(sale.movements[0]?.details ?? {}, { unitCost: "9.99", cost: "2.00" })
        const less = yield* run(at, { _tag: "Adjust", lines: [{ item, delta: -1, unitCost: "8.00" }] })
        assert.deepInclude<object>(less.movements[0]?.details ?? {}, { unitCost: "8.00", cost: "2.00" })
      })
    )
  })
}
