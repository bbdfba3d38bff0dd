import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { parseMoney } from "../catalog/Money.ts"
import { StockEngine } from "../engine/StockEngine.ts"
import { scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Searches of items, made once and again. */
export const searchContract = (it: Register): void => {
  describe("items in searches", () => {
    it.effect("are found by any part of any text, as it is now, in their organization only", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const named = { name: 'Ärmel "Größe" \u{1F4A1}x', sku: "AB-12", description: "for o1; and 100%" }
        const { id } = yield* catalog.createItem(organization, named)
        yield* catalog.createItem(other.organization, named)
        const find = (search: string) =>
          Effect.map(catalog.items({ organization, search, offset: 0, limit: 10 }), ({ rows, total }) => {
            assert.strictEqual(rows.length, total)
            return rows.map((row) => row.id)
          })
        for (const search of [
          "rmel",
          '"GR',
          "ö",
          "\u{1F4A1}X",
          "\u{1F4A1}",
          "b-1",
          "ab-12",
          "O1; AND",
          "100%",
          "%",
          named.name
        ]) {
          assert.deepStrictEqual([search, yield* find(search)], [search, [id]])
        }
        for (const search of [
          "GRÖSSE",
          "ärm",
          "ÖSS",
          "rmel for",
          "AB-12\nf",
          "2\n\n",
          "\n\nf",
          "b_1",
          "100%%",
          "\\",
          "\\\\\\"
        ]) {
          assert.deepStrictEqual([search, yield* find(search)], [search, []])
        }
        const inNames = { organization, searchIn: ["name", "name", "name", "name"], offset: 0, limit: 10 } as const
        const byName = yield* Effect.forEach(["rme", "b-1"], (search) => catalog.items({ ...inNames, search }))
        assert.deepStrictEqual(
          byName.map(({ total }) => total),
          [1, 0]
        )
        yield* catalog.updateItem(organization, id, { name: "Sleeve", description: null })
        assert.deepStrictEqual([yield* find("rmel"), yield* find("eeve"), yield* find("b-12")], [[], [id], [id]])
        // However far, and in either direction.
        for (const offset of [1, 5, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
          for (const sort of ["id_asc", "created_desc"] as const) {
            const far = yield* catalog.items({ organization, search: "eeve", sort, offset, limit: 10 })
            assert.deepStrictEqual([offset, far.rows.length, far.total], [offset, 0, 1])
          }
        }
        const beyond = yield* catalog.items({ organization, search: "eeve", offset: 5, limit: 10 })
        assert.deepStrictEqual(beyond, { rows: [], total: 1 })
      })
    )

    it.effect("are in order wherever those lie that were changed", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const names = Array.from({ length: 9 }, (_, n) => ({ name: `Drill ${n}` }))
        const ids = (yield* catalog.createItems(organization, names)).map(({ id }) => id)
        for (const id of ids.slice(2, 5)) yield* catalog.updateItem(organization, id, { name: "Longer drill" })
        for (const [sort, expected] of [
          ["id_asc", ids],
          ["created_asc", ids],
          ["created_desc", ids.toReversed()]
        ] as const) {
          const { rows } = yield* catalog.items({ organization, search: "drill", sort, offset: 0, limit: 20 })
          assert.deepStrictEqual([sort, ...rows.map(({ id }) => id)], [sort, ...expected])
        }
      })
    )

    it.effect("are found as they are now when they are searched for again", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const engine = yield* StockEngine
        const inputs = Array.from({ length: 25 }, (_, n) => ({
          name: `Drill ${String(n).padStart(2, "0")}`,
          category: n < 5 ? "Old" : "Tools",
          brand: n % 2 === 0 ? "X" : "Y"
        }))
        const items = yield* catalog.createItems(organization, inputs)
        const ids = items.map(({ id }) => id)
        const [first, second, third] = items
        if (first === undefined || second === undefined || third === undefined) return assert.fail("no items")
        const page = (filter: object, offset = 0, limit = 1000) =>
          catalog.items({ organization, search: "drill", offset, limit, ...filter })
        const found = (filter: object = {}) =>
          Effect.gen(function* () {
            const whole = yield* page(filter)
            assert.strictEqual(whole.total, whole.rows.length)
            for (const [offset, limit] of [
              [0, 1],
              [0, 10],
              [7, 10],
              [20, 10],
              [24, 1],
              [whole.total, 10]
            ] as const) {
              const part = yield* page(filter, offset, limit)
              assert.strictEqual(part.total, whole.total)
              assert.deepStrictEqual(part.rows, whole.rows.slice(offset, offset + limit))
            }
            return whole.rows.map(({ id }) => id)
          })
        const without = (...some: ReadonlyArray<number>) => ids.filter((id) => !some.includes(id))
        for (const sort of ["id_asc", "name_asc", "price_asc", "created_asc", "stock_asc"]) {
          assert.deepStrictEqual(yield* found({ sort }), ids)
        }
        for (const sort of ["name_desc", "price_desc", "created_desc", "stock_desc"]) {
          assert.deepStrictEqual(yield* found({ sort }), ids.toReversed())
        }
        assert.deepStrictEqual(yield* found({ brandId: second.brandId }), without(...ids.filter((_, n) => n % 2 === 0)))

        yield* catalog.updateItem(organization, first.id, { name: "Saw" })
        assert.deepStrictEqual(yield* found(), without(first.id))
        yield* catalog.updateItem(organization, first.id, { description: "not a DRILL" })
        assert.deepStrictEqual(yield* found(), ids)
        assert.deepStrictEqual(yield* found({ searchIn: ["name"] }), without(first.id))
        yield* catalog.updateItem(organization, second.id, { unitPrice: parseMoney("1") ?? null })
        assert.deepStrictEqual(yield* found({ sort: "price_asc" }), [...without(second.id), second.id])
        yield* catalog.updateItem(organization, second.id, { brand: "Z" })
        assert.strictEqual((yield* found({ brandId: second.brandId })).length, 11)
        yield* catalog.removeItem(organization, third.id)
        assert.deepStrictEqual(yield* found({ active: true }), without(third.id))
        assert.deepStrictEqual(yield* found({ active: false }), [third.id])
        yield* catalog.restoreItem(organization, third.id)
        assert.deepStrictEqual(yield* found({ active: true }), ids)
        // Of the category alone.
        yield* catalog.updateItem(organization, first.id, { description: null })
        const old = first.categoryId
        if (old === null) return assert.fail("no category")
        yield* catalog.updateTerm("category", organization, old, { name: "Drills" })
        assert.deepStrictEqual(yield* found(), ids)
        yield* catalog.updateTerm("category", organization, old, { name: "Sawn" })
        assert.deepStrictEqual(yield* found(), without(first.id))
        const { id: added } = yield* catalog.createItem(organization, { name: "drill" })
        assert.deepStrictEqual(yield* found(), [...without(first.id), added])
        // With what is there of them.
        const stocked = [second.id, third.id, added]
        const receive = (item: ItemId, quantity: number) =>
          engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity }] })
        for (const [n, id] of stocked.entries()) yield* receive(id, n + 1)
        for (const [filter, expected] of [
          [{ onHandFrom: 1 }, stocked],
          [{ onHandFrom: 1, sort: "stock_desc" }, stocked.toReversed()],
          [{ onHandFrom: 1, sort: "name_desc" }, [added, third.id, second.id]],
          [{ onHandFrom: 1, onHandTo: 2 }, [second.id, third.id]],
          [{ opened: true }, stocked],
          [{ onHandFrom: 1, hasVariations: true }, []],
          [{ onHandFrom: 1, kind: "no such kind" }, []],
          [{ sort: "stock_asc" }, [...without(first.id, ...stocked), ...stocked]]
        ] as const) {
          assert.deepStrictEqual([filter, yield* found(filter)], [filter, expected])
        }
        yield* catalog.updateItem(organization, second.id, { name: "Saw" })
        assert.deepStrictEqual(yield* found({ onHandFrom: 1 }), [third.id, added])
        yield* receive(third.id, 100)
        assert.deepStrictEqual(yield* found({ onHandFrom: 3, sort: "stock_asc" }), [added, third.id])
      })
    )
  })
}
