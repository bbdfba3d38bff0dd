import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemFilter } from "../catalog/lists.ts"
import { run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** How long lists of items say they are. */
export const listContract = (it: Register): void => {
  describe("items in lists", () => {
    it.effect("are counted as they are listed, whatever they are and become", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const made = yield* catalog.createItems(
          organization,
          Array.from({ length: 12 }, (_, n) => ({
            name: `n${n}`,
            kind: n % 2 === 0 ? "product" : null,
            category: `c${n % 3}`,
            unit: "piece",
            hasBatches: n % 4 === 0
          }))
        )
        const [a, b, c, d] = made
        if (a === undefined || b === undefined || c === undefined || d === undefined) return assert.fail("no items")
        const filters: ReadonlyArray<Partial<ItemFilter>> = [
          {},
          { active: true },
          { active: false },
          { active: true, kind: "product" },
          { kind: "" },
          { categoryId: a.categoryId ?? undefined },
          { categoryId: b.categoryId ?? undefined, unitId: a.unitId ?? undefined, hasBatches: false },
          { hasVariations: true },
          { active: true, onHandFrom: 0 },
          { active: true, onHandFrom: 1 },
          { onHandFrom: 3 },
          { onHandFrom: 1, kind: "product" },
          { onHandFrom: 1, onHandTo: 3 },
          { active: true, opened: true },
          { active: true, searchIn: ["name"] },
          { opened: true, lowStock: false },
          { keptAt: at.locations[0] },
          { active: true, keptAt: at.locations[0] },
          { keptAt: at.locations[1] },
          { keptAt: at.locations[0], opened: true },
          { keptAt: at.locations[0], kind: "product" }
        ]
        const counted = Effect.forEach(
          filters,
          Effect.fnUntraced(function* (filter) {
            const { rows } = yield* catalog.items({ organization, ...filter, offset: 0, limit: 100 })
            const totals = yield* Effect.forEach([0, 1, 1000], (offset) =>
              Effect.map(catalog.items({ organization, ...filter, offset, limit: 1 }), ({ total }) => total)
            )
            assert.deepStrictEqual([filter, ...totals], [filter, rows.length, rows.length, rows.length])
            return rows.length
          })
        )
        assert.deepStrictEqual(yield* counted, [14, 14, 0, 6, 0, 4, 3, 0, 14, 0, 0, 0, 0, 0, 14, 0, 14, 14, 0, 0, 6])
        yield* run(at, { _tag: "Receive", lines: [{ item: a.id, quantity: 5 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item: b.id, quantity: 2 }] })
        yield* run(at, { _tag: "SetHome", item: a.id, location: at.locations[1] })
        yield* run(at, { _tag: "SetHome", item: c.id, location: at.locations[1] })
        yield* catalog.updateItem(organization, b.id, { categoryId: a.categoryId, kind: "product", active: false })
        yield* catalog.createVariation(organization, c.id, { name: "v" })
        yield* catalog.removeItem(organization, d.id)
        yield* catalog.createItems(organization, [{ name: "late" }])
        assert.deepStrictEqual(yield* counted, [15, 13, 2, 6, 0, 5, 2, 1, 13, 1, 1, 2, 1, 1, 13, 2, 14, 12, 2, 2, 6])
      })
    )
  })
}
