import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { LocationId } from "../catalog/Location.ts"
import type { ItemFilter } from "../catalog/lists.ts"
import { parseMoney } from "../catalog/Money.ts"
import { parseUnitCost } from "../catalog/UnitCost.ts"
import { outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Items, locations and organizations. */
export const catalogContract = (it: Register): void => {
  describe("items", () => {
    it.effect("are stored as given and changed field by field", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const made = yield* catalog.createItem(organization, {
          name: "Läamp \u{1F4A1}",
          sku: "L-1",
          description: "Bright",
          unitPrice: parseMoney("12.5") ?? null,
          unit: "piece",
          category: "Light",
          createdBy: 7
        })
        assert.deepInclude<object>(made, {
          name: "Läamp \u{1F4A1}",
          sku: "L-1",
          unitPrice: "12.50",
          active: true,
          createdBy: 7
        })
        const changed = yield* catalog.updateItem(organization, made.id, { name: "Lamp", description: null })
        assert.deepInclude<object>(changed ?? {}, { name: "Lamp", description: null, sku: "L-1", unitPrice: "12.50" })
        const read = yield* catalog.item(organization, made.id)
        assert.deepInclude<object>(read ?? {}, { ...changed, available: 0, openedAt: null, lowStockThreshold: 10 })
        assert.strictEqual((yield* catalog.itemBySku(organization, "L-1"))?.id, made.id)
      })
    )

    it.effect("have a category, brand and unit, by name or by id", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const drill = yield* catalog.createItem(organization, { name: "Drill", category: "Tools", unit: "piece" })
        const { categoryId, unitId } = drill
        assert.isNotNull(categoryId)
        assert.deepInclude<object>(drill, { category: "Tools", unit: "piece", brand: null, brandId: null })
        const saw = yield* catalog.createItem(organization, { name: "Saw", categoryId, unitId, brand: "Acme" })
        assert.deepInclude<object>(saw, { category: "Tools", categoryId, unit: "piece", unitId, brand: "Acme" })
        const again = yield* catalog.createItem(organization, { name: "Axe", category: "Tools" })
        assert.strictEqual(again.categoryId, categoryId)
        const elsewhere = yield* catalog.createItem(other.organization, { name: "Axe", category: "Tools" })
        assert.notStrictEqual(elsewhere.categoryId, categoryId)
        const changed = yield* catalog.updateItem(organization, saw.id, { category: null, note: "sharp" })
        assert.deepInclude<object>(changed ?? {}, { category: null, categoryId: null, unitId, brand: "Acme" })
        assert.deepInclude<object>((yield* catalog.item(organization, saw.id)) ?? {}, changed ?? { changed })

        const stranger = catalog.createItem(organization, { name: "Pin", categoryId: elsewhere.categoryId })
        const refused = yield* Effect.flip(stranger)
        assert.deepInclude<object>(refused, { _tag: "UnknownReference", field: "categoryId" })
        const twice = catalog.createItem(organization, { name: "Pin", category: "Tools", categoryId })
        assert.strictEqual(yield* outcomeTag(twice), "InvalidInput")
        const names = yield* Effect.all(
          Array.from({ length: 8 }, (_, n) => catalog.createItem(organization, { name: `n${n}`, brand: "New" })),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(new Set(names.map(({ brandId }) => brandId)).size, 1)
      })
    )

    it.effect("keep exact prices and costs, barcodes and flags", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const given = {
          name: "Bolt",
          barcode: "4006381333931",
          kind: "raw_material",
          note: "boxed",
          unitPrice: parseMoney("0.10") ?? null,
          unitCost: parseUnitCost("0.012345") ?? null,
          hasVariations: true,
          hasBatches: true
        }
        const made = yield* catalog.createItem(organization, given)
        const read = yield* catalog.item(organization, made.id)
        assert.deepInclude<object>(read ?? {}, { ...given, isKit: false, deletedAt: null })
        const same = catalog.createItem(organization, { name: "Nut", barcode: given.barcode })
        assert.strictEqual(yield* outcomeTag(same), "DuplicateBarcode")
        const cost = yield* catalog.updateItem(organization, made.id, { unitCost: parseUnitCost("7") ?? null })
        assert.strictEqual(cost?.unitCost, "7.00")
        assert.strictEqual((yield* catalog.item(organization, made.id))?.unitCost, "7.00")
      })
    )

    it.effect("have a SKU unique in their organization, also among deleted ones and under concurrency", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const create = (sku: string) => outcomeTag(catalog.createItem(organization, { name: "x", sku }))
        const tags = yield* Effect.all(
          Array.from({ length: 10 }, () => create("same")),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        const first = yield* catalog.itemBySku(organization, "same")
        if (first === null) return assert.fail("no item")
        yield* catalog.updateItem(organization, first.id, { active: false })
        assert.strictEqual(yield* create("same"), "DuplicateSku")
        const second = yield* catalog.createItem(organization, { name: "y", sku: "other" })
        const renamed = catalog.updateItem(organization, second.id, { sku: "same" })
        assert.strictEqual(yield* outcomeTag(renamed), "DuplicateSku")
        assert.strictEqual(
          yield* outcomeTag(catalog.createItem(other.organization, { name: "z", sku: "same" })),
          "Success"
        )
      })
    )

    it.effect("are found by search, filters and sorting, with totals", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const names = ["100% wool", "Wool_en hat", "Cotton", "wOOL sock"]
        for (const [index, name] of names.entries()) {
          const item = yield* catalog.createItem(organization, {
            name,
            sku: `s${index}`,
            category: index < 2 ? "warm" : null
          })
          if (index > 0) yield* run(at, { _tag: "Receive", lines: [{ item: item.id, quantity: index * 5 }] })
        }
        const find = (filter: Partial<ItemFilter>) =>
          Effect.map(catalog.items({ organization, offset: 0, limit: 10, ...filter }), ({ rows, total }) => [
            rows.map((row) => row.name),
            total
          ])
        assert.deepStrictEqual(yield* find({ search: "WOOL" }), [["100% wool", "Wool_en hat", "wOOL sock"], 3])
        assert.deepStrictEqual(yield* find({ search: "%" }), [["100% wool"], 1])
        assert.deepStrictEqual(yield* find({ search: "l_e" }), [["Wool_en hat"], 1])
        assert.deepStrictEqual(yield* find({ search: "warm", sort: "name_desc" }), [["Wool_en hat", "100% wool"], 2])
        assert.deepStrictEqual(yield* find({ opened: true, sort: "stock_desc", limit: 2 }), [
          ["wOOL sock", "Cotton"],
          3
        ])
        assert.deepStrictEqual(yield* find({ opened: true, sort: "stock_desc", offset: 2, limit: 2 }), [
          ["Wool_en hat"],
          3
        ])
        assert.deepStrictEqual(yield* find({ opened: true, lowStock: true }), [["Wool_en hat", "Cotton"], 2])
        assert.deepStrictEqual(yield* find({ search: "'; DROP TABLE items; --" }), [[], 0])
        assert.deepStrictEqual((yield* find({ sort: "name_asc" }))[0], [
          "100% wool",
          "Cotton",
          "One",
          "Two",
          "Wool_en hat",
          "wOOL sock"
        ])
      })
    )

    it.effect("are filtered by what they are and what is in stock, and sorted by price", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, locations } = at
        const catalog = yield* Catalog
        const [a, b, c] = yield* catalog.createItems(organization, [
          { name: "a", kind: "product", brand: "X", barcode: "777", unitPrice: parseMoney("10") ?? null },
          { name: "b", kind: "product", brand: "Y", hasBatches: true, unitPrice: parseMoney("9.99") ?? null },
          { name: "c", kind: "raw_material", description: "777", variations: [{ name: "v" }] }
        ])
        if (a === undefined || b === undefined || c === undefined) return assert.fail("no items")
        yield* run(at, { _tag: "Receive", lines: [{ item: a.id, quantity: 5 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item: b.id, quantity: 9, location: locations[1] }] })
        const find = (filter: Partial<ItemFilter>) =>
          Effect.map(
            catalog.items({ organization, offset: 0, limit: 10, after: a.id, ...filter }),
            ({ rows, total }) => {
              assert.strictEqual(rows.length, total)
              return rows.map((row) => row.name).join("")
            }
          )
        const after = at.items[1]
        assert.strictEqual(yield* find({}), "bc")
        assert.strictEqual(yield* find({ after, kind: "product" }), "ab")
        assert.strictEqual(yield* find({ after, brandId: b.brandId ?? undefined }), "b")
        assert.strictEqual(yield* find({ after, hasVariations: true }), "c")
        assert.strictEqual(yield* find({ after, hasVariations: false }), "ab")
        assert.strictEqual(yield* find({ after, hasBatches: true }), "b")
        assert.strictEqual(yield* find({ after, name: "a" }), "a")
        assert.strictEqual(yield* find({ after, search: "77" }), "ac")
        assert.strictEqual(yield* find({ after, search: "77", searchIn: ["name", "barcode"] }), "a")
        assert.strictEqual(yield* find({ after, search: "77", searchIn: ["category"] }), "")
        assert.strictEqual(yield* find({ after, onHandFrom: 1 }), "ab")
        assert.strictEqual(yield* find({ after, onHandTo: 0 }), "c")
        assert.strictEqual(yield* find({ after, onHandFrom: 1, onHandTo: 5 }), "a")
        assert.strictEqual(yield* find({ after, location: locations[1] }), "b")
        assert.strictEqual(yield* find({ after, location: locations[1], kind: "raw_material" }), "")
        assert.strictEqual(yield* find({ after, sort: "price_asc" }), "cba")
        assert.strictEqual(yield* find({ after, sort: "price_desc" }), "abc")
        assert.strictEqual(yield* find({ after, sort: "price_desc", opened: true }), "ab")
        assert.strictEqual(yield* find({ after, sort: "stock_desc", search: "7" }), "ac")
      })
    )

    it.effect("that are deleted take no new stock, and what is held of them can be settled", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const catalog = yield* Catalog
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2 }] })
        yield* run(at, { _tag: "Reserve", reference: "r", lines: [{ item, quantity: 1 }] })
        yield* catalog.updateItem(at.organization, item, { active: false })
        assert.strictEqual(
          yield* outcomeTag(run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })),
          "InactiveItem"
        )
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "Fulfil", hold: { reference: "r" } })), "Success")
        yield* catalog.updateItem(at.organization, item, { active: true })
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })), "Success")
      })
    )

    it.effect("are refused with every field named", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const error = yield* Effect.flip(catalog.createItem(organization, { name: "", sku: "x".repeat(101) }))
        assert.deepStrictEqual(error._tag === "InvalidInput" ? error.issues.map(({ path }) => path.join(".")) : [], [
          "name",
          "sku"
        ])
      })
    )

    it.effect("of another organization are as if they were not", () =>
      Effect.gen(function* () {
        const ours = yield* scenario
        const theirs = yield* scenario
        const catalog = yield* Catalog
        assert.isNull(yield* catalog.item(ours.organization, theirs.items[0]))
        assert.isNull(yield* catalog.updateItem(ours.organization, theirs.items[0], { name: "mine" }))
        assert.isNull(yield* catalog.location(ours.organization, theirs.locations[0]))
        assert.isNull(yield* catalog.updateLocation(ours.organization, theirs.locations[1], { name: "mine" }))
        assert.strictEqual((yield* catalog.item(theirs.organization, theirs.items[0]))?.name, "One")
      })
    )
  })

  describe("locations", () => {
    it.effect("are the organization's two at first, the first the default", () =>
      Effect.gen(function* () {
        const { organization, locations } = yield* scenario
        const catalog = yield* Catalog
        const { rows, total } = yield* catalog.locations({ organization, offset: 0, limit: 10 })
        assert.deepStrictEqual([rows.map((row) => row.name), total], [["Main Warehouse", "Secondary Warehouse"], 2])
        assert.strictEqual((yield* catalog.organization(organization))?.defaultLocation, locations[0])
        const [listed] = yield* catalog.organizations(organization - 1, 1)
        assert.deepStrictEqual(listed, (yield* catalog.organization(organization)) ?? undefined)
        assert.notInclude(
          (yield* catalog.organizations(organization, 100)).map(({ id }) => id),
          organization
        )
      })
    )

    it.effect("form a tree within their organization", () =>
      Effect.gen(function* () {
        const { organization, locations } = yield* scenario
        const other = yield* scenario
        const catalog = yield* Catalog
        const [main] = locations
        const aisle = yield* catalog.createLocation(organization, { name: "Aisle", parent: main, sellable: false })
        const bin = yield* catalog.createLocation(organization, { name: "Bin", parent: aisle.id, kind: "bin" })
        assert.deepInclude<object>((yield* catalog.location(organization, bin.id)) ?? {}, {
          parent: aisle.id,
          kind: "bin",
          sellable: true
        })
        assert.deepInclude<object>((yield* catalog.location(organization, aisle.id)) ?? {}, {
          kind: "warehouse",
          sellable: false
        })
        const under = (id: LocationId, parent: LocationId) =>
          outcomeTag(catalog.updateLocation(organization, id, { parent }))
        assert.strictEqual(yield* under(main, bin.id), "LocationCycle")
        assert.strictEqual(yield* under(main, main), "LocationCycle")
        assert.strictEqual(yield* under(main, other.locations[0]), "UnknownReference")
        assert.strictEqual(yield* under(bin.id, main), "Success")
        const both = yield* Effect.all([under(aisle.id, bin.id), under(bin.id, aisle.id)], { concurrency: "unbounded" })
        assert.deepStrictEqual(both.sort(), ["LocationCycle", "Success"])
        yield* catalog.updateLocation(organization, bin.id, { parent: null })
        assert.isNull((yield* catalog.location(organization, bin.id))?.parent)
      })
    )

    it.effect("have unique names, and are closed only when empty and neither the default nor transit", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items, locations } = at
        const catalog = yield* Catalog
        const created = yield* catalog.createLocation(organization, { name: "Shop", place: "Berlin" })
        assert.deepInclude(created, { name: "Shop", place: "Berlin", description: null, active: true })
        assert.strictEqual(
          yield* outcomeTag(catalog.createLocation(organization, { name: "Shop" })),
          "DuplicateLocationName"
        )
        const rename = catalog.updateLocation(organization, created.id, { name: "Main Warehouse" })
        assert.strictEqual(yield* outcomeTag(rename), "DuplicateLocationName")
        const [item] = items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, location: created.id }] })
        const close = (id: LocationId) => outcomeTag(catalog.updateLocation(organization, id, { active: false }))
        assert.strictEqual(yield* close(created.id), "LocationInUse")
        assert.strictEqual(yield* close(locations[0]), "LocationInUse")
        const { transit } = (yield* catalog.organization(organization)) ?? {}
        assert.strictEqual(transit && (yield* close(transit)), "LocationInUse")
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, location: created.id }] })
        assert.strictEqual(yield* close(created.id), "Success")
        const receive = run(at, { _tag: "Receive", lines: [{ item, quantity: 1, location: created.id }] })
        assert.strictEqual(yield* outcomeTag(receive), "InactiveLocation")
        assert.isNull(yield* catalog.location(organization, LocationId.make(9_000_000)))
      })
    )
  })
}
