import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Deleting and restoring items, and kits. */
export const removalContract = (it: Register): void => {
  describe("deleting an item", () => {
    it.effect("is refused while it has stock or is held, and keeps its ledger", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        yield* run(at, { _tag: "Reserve", reference: "r", lines: [{ item, quantity: 2 }] })
        const refused = yield* Effect.flip(catalog.removeItem(organization, item))
        assert.deepInclude<object>(refused, { _tag: "StillInStock", of: "item", id: item, onHand: 5, held: 2 })
        yield* run(at, { _tag: "Fulfil", hold: { reference: "r" } })
        yield* run(at, { _tag: "Issue", to: "loss", lines: [{ item, quantity: 3 }] })
        const removed = yield* catalog.removeItem(organization, item)
        assert.deepInclude<object>(removed ?? {}, { id: item, active: false })
        assert.isNotNull(removed?.deletedAt ?? null)
        assert.isNull(yield* catalog.removeItem(organization, item))
        assert.isNull(yield* catalog.updateItem(organization, item, { active: true }))
        assert.deepInclude<object>((yield* catalog.item(organization, item)) ?? {}, { sku: "one", active: false })
        const receive = run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        assert.strictEqual(yield* outcomeTag(receive), "InactiveItem")
        assert.strictEqual(
          yield* outcomeTag(catalog.createItem(organization, { name: "x", sku: "one" })),
          "DuplicateSku"
        )
        assert.isTrue((yield* catalog.restoreItem(organization, item))?.active)
        assert.strictEqual(yield* outcomeTag(receive), "Success")
      })
    )

    it.effect("and selling or receiving it at the same time end in one order", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        for (let round = 0; round < 5; round++) {
          const [removed, received] = yield* Effect.all(
            [
              outcomeTag(catalog.removeItem(organization, item)),
              outcomeTag(run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] }))
            ],
            { concurrency: "unbounded" }
          )
          const stock = yield* catalog.item(organization, item)
          if (removed === "Success") assert.deepStrictEqual([received, stock?.available], ["InactiveItem", 0])
          else assert.deepStrictEqual([removed, received, stock?.available], ["StillInStock", "Success", 1])
          if (removed === "Success") yield* catalog.restoreItem(organization, item)
          else yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        }
      })
    )

    it.effect("deletes its variations and batches, and restoring it restores those", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const [item] = items
        const catalog = yield* Catalog
        const names = ["a", "b", "c"]
        for (const name of names) {
          yield* catalog.createVariation(organization, item, { name })
          yield* catalog.createBatch(organization, item, { name })
        }
        const active = Effect.gen(function* () {
          const page = { organization, items: [item], active: true, offset: 0, limit: 10 }
          const variations = yield* catalog.variations(page)
          const batches = yield* catalog.batches(page)
          return [variations.rows.map(({ name }) => name).join(""), batches.rows.map(({ name }) => name).join("")]
        })
        const first = (yield* catalog.variations({ organization, items: [item], offset: 0, limit: 1 })).rows[0]
        const last = (yield* catalog.batches({ organization, items: [item], offset: 2, limit: 1 })).rows[0]
        if (first === undefined || last === undefined) return assert.fail("no parts")
        yield* catalog.removeVariation(organization, first.id)
        yield* catalog.removeBatch(organization, last.id)
        assert.deepStrictEqual(yield* active, ["bc", "ab"])
        yield* catalog.removeItem(organization, item)
        assert.deepStrictEqual(yield* active, ["", ""])
        assert.isNull(yield* catalog.createVariation(organization, item, { name: "d" }))
        assert.isNull(yield* catalog.createBatch(organization, item, { name: "d" }))
        assert.strictEqual(yield* outcomeTag(catalog.restoreVariation(organization, first.id)), "UnknownReference")
        assert.strictEqual(yield* outcomeTag(catalog.restoreBatch(organization, last.id)), "UnknownReference")
        yield* catalog.restoreItem(organization, item)
        assert.deepStrictEqual(yield* active, ["bc", "ab"])
      })
    )
  })

  describe("kits", () => {
    it.effect("are put together from items of the organization, in the order given", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [one, two] = items
        const other = yield* scenario
        const catalog = yield* Catalog
        const { id: kit } = yield* catalog.createItem(organization, { name: "Kit" })
        const { id: outer } = yield* catalog.createItem(organization, { name: "Outer" })
        const red = yield* catalog.createVariation(organization, one, { name: "Red" })
        const of = (item: number, quantity: number, variation: number | null = null) => ({ item, variation, quantity })
        const set = (id: typeof kit, components: ReadonlyArray<ReturnType<typeof of>>) =>
          catalog.setComponents(organization, id, components)
        const parts = [of(two, 3), of(one, 1, red?.id ?? 0)]
        assert.deepStrictEqual<ReadonlyArray<object> | null>(yield* set(kit, parts), parts)
        assert.deepStrictEqual(yield* catalog.components(organization, kit), yield* set(kit, parts))
        assert.isTrue((yield* catalog.item(organization, kit))?.isKit)
        assert.deepStrictEqual(yield* catalog.components(other.organization, kit), [])

        const reason = (components: ReadonlyArray<ReturnType<typeof of>>, id = kit) =>
          Effect.match(set(id, components), {
            onSuccess: () => "Success",
            onFailure: (error) =>
              error._tag === "InvalidKit"
                ? error.reason
                : error._tag === "UnknownReference"
                  ? error.field
                  : String(error._tag)
          })
        assert.strictEqual(yield* reason([of(kit, 1)]), "self")
        assert.strictEqual(yield* reason([of(one, 1), of(one, 2)]), "twice")
        assert.strictEqual(yield* reason([of(kit, 1)], outer), "kit")
        assert.strictEqual(yield* reason([of(outer, 1)], one), "component")
        assert.strictEqual(yield* reason([of(one, 1), of(other.items[0], 1)]), "components.1.item")
        assert.strictEqual(yield* reason([of(two, 1, red?.id ?? 0)]), "components.0.variation")
        assert.strictEqual(yield* reason([of(one, 0)]), "InvalidInput")
        assert.strictEqual(yield* reason(Array.from({ length: 101 }, () => of(one, 1))), "InvalidInput")
        assert.strictEqual((yield* catalog.components(organization, kit)).length, 2)

        const both = yield* Effect.all([reason([of(outer, 1)], two), reason([of(two, 1)], outer)], {
          concurrency: "unbounded"
        })
        // Two is a component of the kit, so it cannot be one itself, whatever comes first.
        assert.deepStrictEqual(both[0], both[0] === "kit" ? "kit" : "component")
        assert.strictEqual(both[1], "Success")

        assert.deepStrictEqual(yield* set(kit, []), [])
        assert.isFalse((yield* catalog.item(organization, kit))?.isKit)
        assert.strictEqual(yield* reason([of(kit, 1)], one), "Success")
      })
    )

    it.effect("have no stock of their own when they become one", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item, part] = items
        const catalog = yield* Catalog
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        const set = catalog.setComponents(organization, item, [{ item: part, variation: null, quantity: 1 }])
        assert.strictEqual(yield* outcomeTag(set), "StillInStock")
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        assert.strictEqual(yield* outcomeTag(set), "Success")
      })
    )
  })
}
