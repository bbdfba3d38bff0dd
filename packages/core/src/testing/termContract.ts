import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { outcomeTag, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const page = { offset: 0, limit: 10 }

/** Categories, brands, units of measure, customers and suppliers. */
export const termContract = (it: Register): void => {
  describe.each(["category", "brand", "unit"] as const)("a %s", (kind) => {
    it.effect("is made, changed, deleted and restored, with a name of its own", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const create = (name: string) => catalog.createTerm(kind, organization, { name })
        const made = yield* create("Tools")
        assert.deepInclude<object>(made, { name: "Tools", active: true, organization })
        assert.strictEqual(yield* outcomeTag(create("Tools")), "DuplicateName")
        assert.strictEqual(
          yield* outcomeTag(catalog.createTerm(kind, other.organization, { name: "Tools" })),
          "Success"
        )
        const second = yield* create("Toys")
        const rename = catalog.updateTerm(kind, organization, second.id, { name: "Tools" })
        assert.strictEqual(yield* outcomeTag(rename), "DuplicateName")
        const changed = yield* catalog.updateTerm(kind, organization, made.id, { name: "Hand tools" })
        assert.deepStrictEqual(yield* catalog.term(kind, organization, made.id), changed)
        assert.isAbove(changed?.updatedAt ?? 0, made.updatedAt)
        assert.isNull(yield* catalog.term(kind, other.organization, made.id))
        assert.isNull(yield* catalog.updateTerm(kind, other.organization, made.id, { name: "mine" }))
        assert.isFalse((yield* catalog.removeTerm(kind, organization, made.id))?.active)
        assert.isNull(yield* catalog.removeTerm(kind, organization, made.id))
        assert.isNull(yield* catalog.updateTerm(kind, organization, made.id, {}))
        const names = (active?: boolean) =>
          Effect.map(catalog.terms(kind, { organization, active, ...page }), ({ rows, total }) => [
            rows.map(({ name }) => name),
            total
          ])
        assert.deepStrictEqual(yield* names(true), [["Toys"], 1])
        assert.deepStrictEqual(yield* names(), [["Hand tools", "Toys"], 2])
        yield* create("Hand tools")
        assert.strictEqual(yield* outcomeTag(catalog.restoreTerm(kind, organization, made.id)), "DuplicateName")
        yield* catalog.removeTerm(kind, organization, second.id)
        assert.isTrue((yield* catalog.restoreTerm(kind, organization, second.id))?.active)
        const found = yield* catalog.terms(kind, { organization, search: "HAND", active: true, ...page })
        assert.strictEqual(found.total, 1)
        const tags = yield* Effect.all(
          Array.from({ length: 6 }, () => outcomeTag(create("race"))),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.strictEqual(yield* outcomeTag(create("")), "InvalidInput")
        const ifUpdatedAt = made.updatedAt
        const late = catalog.updateTerm(kind, organization, second.id, { name: "x" }, { ifUpdatedAt })
        assert.strictEqual(yield* outcomeTag(late), "ChangedMeanwhile")
      })
    )
  })

  describe("items and what describes them", () => {
    it.effect("show new names at once, keep what is deleted, and are filtered by id", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const category = yield* catalog.createTerm("category", organization, { name: "Tools", description: "All" })
        const unit = yield* catalog.createTerm("unit", organization, { name: "Kilogram", symbol: "kg", scale: 3 })
        assert.deepInclude<object>(unit, { symbol: "kg", scale: 3 })
        assert.strictEqual(
          yield* outcomeTag(catalog.createTerm("unit", organization, { name: "x", scale: 7 })),
          "InvalidInput"
        )
        const saw = yield* catalog.createItem(organization, { name: "Saw", category: "Tools", unit: "Kilogram" })
        assert.deepInclude<object>(saw, { categoryId: category.id, unitId: unit.id })
        yield* catalog.updateTerm("category", organization, category.id, { name: "Hand tools" })
        yield* catalog.removeTerm("category", organization, category.id)
        const read = yield* catalog.item(organization, saw.id)
        assert.deepInclude<object>(read ?? {}, { category: "Hand tools", categoryId: category.id })
        const put = { name: "Big saw", categoryId: category.id }
        assert.strictEqual((yield* catalog.updateItem(organization, saw.id, put))?.category, "Hand tools")
        const axe = yield* outcomeTag(catalog.createItem(organization, { name: "Axe", categoryId: category.id }))
        assert.strictEqual(axe, "UnknownReference")
        const items = yield* catalog.items({ organization, categoryId: category.id, unitId: unit.id, ...page })
        assert.deepStrictEqual([items.total, items.rows[0]?.name], [1, "Big saw"])
      })
    )
  })

  describe("customers and suppliers", () => {
    it.effect("are entered, changed, found, deleted and restored", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const given = {
          kind: "customer",
          user: 7,
          firstName: "Jane",
          lastName: "Smith",
          phone: "+49 30 1",
          email: "jane@example.com",
          address: "Berlin"
        } as const
        const jane = yield* catalog.createPartner(organization, given)
        assert.deepInclude<object>(jane, { ...given, name: null, active: true })
        const again = catalog.createPartner(organization, { kind: "customer", user: 7 })
        assert.strictEqual(yield* outcomeTag(again), "DuplicatePartner")
        const acme = yield* catalog.createPartner(organization, { kind: "supplier", user: 7, name: "Acme" })
        assert.deepStrictEqual(yield* catalog.partnerOf(organization, "supplier", 7), acme)
        assert.isNull(yield* catalog.partnerOf(other.organization, "supplier", 7))
        assert.isNull(yield* catalog.partner(other.organization, jane.id))
        const changed = yield* catalog.updatePartner(organization, jane.id, { lastName: "Doe", phone: null })
        assert.deepInclude<object>(changed ?? {}, { lastName: "Doe", phone: null, email: "jane@example.com" })
        assert.deepStrictEqual(yield* catalog.partner(organization, jane.id), changed)
        const found = (search: string) =>
          Effect.map(catalog.partners({ organization, search, ...page }), ({ rows }) => rows.map(({ id }) => id))
        assert.deepStrictEqual(yield* found("DOE"), [jane.id])
        assert.deepStrictEqual(yield* found("acm"), [acme.id])
        const customers = yield* catalog.partners({ organization, kind: "customer", ...page })
        assert.deepStrictEqual([customers.rows, customers.total], [[changed], 1])
        assert.isFalse((yield* catalog.removePartner(organization, jane.id))?.active)
        assert.isNull(yield* catalog.removePartner(organization, jane.id))
        assert.isNull(yield* catalog.updatePartner(organization, jane.id, { name: "x" }))
        assert.isNull(yield* catalog.partnerOf(organization, "customer", 7))
        yield* catalog.createPartner(organization, { kind: "customer", user: 7 })
        assert.strictEqual(yield* outcomeTag(catalog.restorePartner(organization, jane.id)), "DuplicatePartner")
        yield* catalog.removePartner(organization, acme.id)
        assert.isTrue((yield* catalog.restorePartner(organization, acme.id))?.active)
      })
    )
  })
}
