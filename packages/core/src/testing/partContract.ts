import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { parseMoney } from "../catalog/Money.ts"
import { parseUnitCost } from "../catalog/UnitCost.ts"
import { VariationId } from "../catalog/Variation.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** A value that a test knows to be there. */
const there = <A>(value: A | null): A => {
  if (value === null) throw new Error("Expected something to be there")
  return value
}

const versionOf = (at: Scenario, item: ItemId) =>
  StockQueries.use((queries) => Effect.map(queries.stock(at.organization, item), (stock) => stock?.version ?? -1))

const page = { offset: 0, limit: 10 }

/** Variations and batches: the parts of an item. */
export const partContract = (it: Register): void => {
  describe("variations", () => {
    it.effect("are stored as given, changed field by field, and fall back to the item's price and cost", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const { id: item } = yield* catalog.createItem(organization, {
          name: "T-Shirt",
          unitPrice: parseMoney("20") ?? null,
          unitCost: parseUnitCost("12.345") ?? null,
          variations: [
            { kind: "Size", name: "Small", price: parseMoney("18") ?? null },
            { kind: "Size", name: "Medium" }
          ]
        })
        assert.isTrue((yield* catalog.item(organization, item))?.hasVariations)
        const large = there(
          yield* catalog.createVariation(organization, item, {
            kind: "Size",
            name: "Large",
            sku: "T-L",
            barcode: "123",
            description: "for tall people",
            note: "few",
            cost: parseUnitCost("13") ?? null,
            batchTracking: true,
            createdBy: 4
          })
        )
        assert.deepInclude<object>(large, { item, sku: "T-L", barcode: "123", batchTracking: true, createdBy: 4 })
        const changed = yield* catalog.updateVariation(organization, large.id, { name: "Extra Large", note: null })
        assert.deepInclude<object>(there(changed), { name: "Extra Large", note: null, sku: "T-L", kind: "Size" })
        const { rows, total } = yield* catalog.variations({ organization, items: [item], ...page })
        assert.strictEqual(total, 3)
        assert.deepStrictEqual(
          rows.map((row) => [row.name, row.price, row.effectivePrice, row.effectiveCost]),
          [
            ["Small", "18.00", "18.00", "12.345"],
            ["Medium", null, "20.00", "12.345"],
            ["Extra Large", null, "20.00", "13.00"]
          ]
        )
        assert.deepInclude<object>(there(yield* catalog.variation(organization, large.id)), changed ?? { changed })
        assert.deepStrictEqual(yield* catalog.byBarcode(organization, "123"), { item, variation: large.id })
        const found = yield* catalog.variations({ organization, search: "t-l", ...page })
        assert.deepStrictEqual(
          found.rows.map((row) => row.id),
          [large.id]
        )
      })
    )

    it.effect("have a name of their own within the item, and codes of their own among items and variations", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [one, two] = items
        const catalog = yield* Catalog
        const create = (item: ItemId, name: string, more: { kind?: string; sku?: string; barcode?: string } = {}) =>
          outcomeTag(catalog.createVariation(organization, item, { name, ...more }))
        assert.strictEqual(yield* create(one, "Red"), "Success")
        assert.strictEqual(yield* create(one, "Red"), "DuplicateName")
        assert.strictEqual(yield* create(one, "Red", { kind: "Color" }), "Success")
        assert.strictEqual(yield* create(two, "Red", { sku: "v" }), "Success")
        assert.strictEqual(yield* create(two, "Blue", { sku: "one" }), "DuplicateSku")
        assert.strictEqual(yield* create(one, "Blue", { sku: "v" }), "DuplicateSku")
        assert.strictEqual(yield* outcomeTag(catalog.createItem(organization, { name: "x", sku: "v" })), "DuplicateSku")
        const twice = [{ name: "a" }, { name: "a" }]
        assert.strictEqual(
          yield* outcomeTag(catalog.createItem(organization, { name: "y", sku: "y", variations: twice })),
          "DuplicateName"
        )
        assert.isNull(yield* catalog.itemBySku(organization, "y"))
        const codes = [
          { name: "a", barcode: "b" },
          { name: "c", barcode: "b" }
        ]
        assert.strictEqual(
          yield* outcomeTag(catalog.createItem(organization, { name: "y", variations: codes })),
          "DuplicateBarcode"
        )
        const tags = yield* Effect.all(
          Array.from({ length: 8 }, (_, n) =>
            n % 2 === 0
              ? create(n % 4 === 0 ? one : two, `n${n}`, { sku: "race" })
              : outcomeTag(catalog.createItem(organization, { name: "race", sku: "race" }))
          ),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        const blank = yield* Effect.flip(catalog.createVariation(organization, one, { name: "" }))
        assert.strictEqual(blank._tag, "InvalidInput")
      })
    )

    it.effect("carry their part of the item's stock, by location, what is due counted as available", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items, locations } = at
        const [item] = items
        const catalog = yield* Catalog
        const { id: red } = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        const { id: blue } = there(yield* catalog.createVariation(organization, item, { name: "Blue" }))
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, variation: red, quantity: 5 },
            { item, variation: red, location: locations[1], quantity: 2 },
            { item, variation: blue, quantity: 1 },
            { item, quantity: 7 }
          ]
        })
        yield* run(at, { _tag: "Reserve", lines: [{ item, variation: red, quantity: 6 }], expiresIn: 1 })
        yield* Effect.sleep("5 millis")
        const stocked = there(yield* catalog.variation(organization, red))
        assert.deepStrictEqual(stocked.levels, { available: 7, reserved: 0, committed: 0, quarantined: 0 })
        assert.deepStrictEqual(
          stocked.byLocation.map(({ location, available }) => [location, available]),
          [
            [locations[0], 5],
            [locations[1], 2]
          ]
        )
        assert.strictEqual((yield* catalog.variation(organization, blue))?.levels.available, 1)
        assert.strictEqual((yield* catalog.item(organization, item))?.available, 15)
      })
    )

    it.effect("are deleted when empty, with their batches, and brought back with them", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        const { id } = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        const first = there(yield* catalog.createBatch(organization, item, { name: "1", variation: id }))
        const second = there(yield* catalog.createBatch(organization, item, { name: "2", variation: id }))
        yield* run(at, { _tag: "Receive", lines: [{ item, variation: id, quantity: 3 }] })
        yield* run(at, { _tag: "Reserve", reference: "r", lines: [{ item, variation: id, quantity: 1 }] })
        const refused = yield* Effect.flip(catalog.removeVariation(organization, id))
        assert.deepInclude<object>(refused, { _tag: "StillInStock", of: "variation", id, onHand: 3, held: 1 })
        yield* run(at, { _tag: "Release", hold: { reference: "r" } })
        yield* run(at, { _tag: "Issue", to: "loss", lines: [{ item, variation: id, quantity: 3 }] })
        yield* catalog.removeBatch(organization, first.id)
        const removed = there(yield* catalog.removeVariation(organization, id))
        assert.isFalse(removed.active)
        assert.isNull(yield* catalog.removeVariation(organization, id))
        assert.isNull(yield* catalog.updateVariation(organization, id, { name: "x" }))
        const orphan = catalog.createBatch(organization, item, { name: "3", variation: id })
        assert.strictEqual(yield* outcomeTag(orphan), "UnknownReference")
        assert.isFalse((yield* catalog.batch(organization, second.id))?.active)
        const { id: other } = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        assert.strictEqual(yield* outcomeTag(catalog.restoreVariation(organization, id)), "DuplicateName")
        yield* catalog.updateVariation(organization, other, { name: "Other red" })
        assert.isTrue((yield* catalog.restoreVariation(organization, id))?.active)
        assert.isTrue((yield* catalog.batch(organization, second.id))?.active)
        assert.isFalse((yield* catalog.batch(organization, first.id))?.active)
      })
    )
  })

  describe("batches", () => {
    it.effect("are stored as given, changed field by field, and found", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const [item] = items
        const catalog = yield* Catalog
        const given = {
          name: "LOT-1",
          supplierLot: "S/9",
          cost: parseUnitCost("799.995") ?? null,
          note: "cold",
          expiresAt: 2_000_000_000_000,
          bestBefore: 1_900_000_000_000,
          manufacturedAt: 1_700_000_000_000,
          createdBy: 3
        }
        const made = there(yield* catalog.createBatch(organization, item, given))
        assert.deepInclude<object>(made, { ...given, item, variation: null, quarantined: false, active: true })
        assert.isTrue((yield* catalog.item(organization, item))?.hasBatches)
        const changed = there(yield* catalog.updateBatch(organization, made.id, { quarantined: true, expiresAt: null }))
        assert.deepInclude<object>(there(yield* catalog.batch(organization, made.id)), changed)
        assert.deepInclude<object>(changed, { quarantined: true, expiresAt: null, supplierLot: "S/9" })
        yield* catalog.createBatch(organization, item, { name: "LOT-2", expiresAt: 1_000 })
        const found = (filter: { readonly search?: string; readonly expiresBefore?: number }) =>
          Effect.map(catalog.batches({ organization, items: [item], ...filter, ...page }), ({ rows, total }) => [
            rows.map(({ name }) => name),
            total
          ])
        assert.deepStrictEqual(yield* found({}), [["LOT-1", "LOT-2"], 2])
        assert.deepStrictEqual(yield* found({ search: "s/" }), [["LOT-1"], 1])
        assert.deepStrictEqual(yield* found({ expiresBefore: 1_001 }), [["LOT-2"], 1])
        assert.deepStrictEqual(yield* found({ expiresBefore: 1_000 }), [[], 0])
      })
    )

    it.effect("have a name of their own within item and variation, and give the item another version", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item, other] = items
        const catalog = yield* Catalog
        const { id: variation } = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        const create = (of: ItemId, more: { variation?: VariationId } = {}) =>
          outcomeTag(catalog.createBatch(organization, of, { name: "LOT", ...more }))
        const before = yield* versionOf(at, item)
        const tags = yield* Effect.all(
          Array.from({ length: 5 }, () => create(item)),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.notStrictEqual(yield* versionOf(at, item), before)
        assert.strictEqual(yield* create(item, { variation }), "Success")
        assert.strictEqual(yield* create(other), "Success")
        assert.strictEqual(yield* create(other, { variation }), "UnknownReference")
        assert.strictEqual(yield* create(item, { variation: VariationId.make(9_000_000) }), "UnknownReference")
        const { rows } = yield* catalog.batches({ organization, items: [item], ...page })
        const [first] = rows
        if (first === undefined) return assert.fail("no batch")
        const version = yield* versionOf(at, item)
        yield* catalog.updateBatch(organization, first.id, { quarantined: true })
        const later = yield* versionOf(at, item)
        assert.notStrictEqual(later, version)
        yield* catalog.removeBatch(organization, first.id)
        assert.notStrictEqual(yield* versionOf(at, item), later)
        assert.strictEqual(yield* create(item), "Success")
        assert.strictEqual(yield* outcomeTag(catalog.restoreBatch(organization, first.id)), "DuplicateName")
      })
    )

    it.effect("that have stock stay until it is written off", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        const { id: batch } = there(yield* catalog.createBatch(organization, item, { name: "LOT" }))
        yield* run(at, { _tag: "Receive", lines: [{ item, batch, quantity: 4 }] })
        assert.strictEqual((yield* catalog.batch(organization, batch))?.levels.available, 4)
        const refused = yield* Effect.flip(catalog.removeBatch(organization, batch))
        assert.deepInclude<object>(refused, { _tag: "StillInStock", of: "batch", id: batch, onHand: 4, held: 0 })
        yield* run(at, { _tag: "Issue", to: "loss", lines: [{ item, batch, quantity: 4 }] })
        const removed = there(yield* catalog.removeBatch(organization, batch))
        assert.isNotNull(removed.deletedAt)
        assert.isTrue((yield* catalog.restoreBatch(organization, batch))?.active)
      })
    )

    it.effect("of another organization are as if they were not, like its variations", () =>
      Effect.gen(function* () {
        const ours = yield* scenario
        const theirs = yield* scenario
        const catalog = yield* Catalog
        const [item] = theirs.items
        const batch = there(yield* catalog.createBatch(theirs.organization, item, { name: "LOT" }))
        const variation = there(yield* catalog.createVariation(theirs.organization, item, { name: "Red" }))
        const { organization } = ours
        const answers = yield* Effect.all([
          catalog.batch(organization, batch.id),
          catalog.updateBatch(organization, batch.id, { name: "mine" }),
          catalog.removeBatch(organization, batch.id),
          catalog.restoreBatch(organization, batch.id),
          catalog.createBatch(organization, item, { name: "mine" }),
          catalog.variation(organization, variation.id),
          catalog.updateVariation(organization, variation.id, { name: "mine" }),
          catalog.removeVariation(organization, variation.id),
          catalog.restoreVariation(organization, variation.id),
          catalog.createVariation(organization, item, { name: "mine" }),
          catalog.removeItem(organization, item),
          catalog.restoreItem(organization, item),
          catalog.setComponents(organization, item, [])
        ])
        for (const answer of answers) assert.isNull(answer)
        assert.strictEqual((yield* catalog.batches({ organization, ...page })).total, 0)
        assert.strictEqual((yield* catalog.batches({ organization: theirs.organization, ...page })).total, 1)
        assert.strictEqual((yield* catalog.variations({ organization, items: [item], ...page })).total, 0)
        const foreign = catalog.createBatch(organization, ours.items[0], { name: "x", variation: variation.id })
        assert.strictEqual(yield* outcomeTag(foreign), "UnknownReference")
      })
    )
  })

  describe("the parts of an item", () => {
    it.effect("are called what they are called, each by its own item only", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const other = yield* scenario
        const [item, second] = items
        const catalog = yield* Catalog
        const red = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        const lot = there(yield* catalog.createBatch(organization, item, { name: "LOT", variation: red.id }))
        const own = there(yield* catalog.createBatch(organization, item, { name: "OWN" }))
        const called = { name: there(yield* catalog.item(organization, item)).name, active: true }
        const variation = { id: red.id, name: "Red", active: true }
        const named = (batch: typeof lot.id | null) => catalog.named(organization, { item, variation: red.id, batch })
        assert.deepStrictEqual(yield* named(lot.id), {
          item: called,
          variation,
          batch: { id: lot.id, name: "LOT", active: true, variation: red.id }
        })
        assert.deepStrictEqual((yield* named(own.id))?.batch, {
          id: own.id,
          name: "OWN",
          active: true,
          variation: null
        })
        assert.deepStrictEqual(yield* named(null), { item: called, variation, batch: null })
        const none = { variation: null, batch: null }
        assert.deepInclude<object>(there(yield* catalog.named(organization, { item, ...none })), none)
        const parts = { variation: red.id, batch: lot.id }
        const asked = [
          catalog.named(organization, { item: second, ...parts }),
          catalog.named(other.organization, { item, ...parts }),
          named(own.id),
          named(lot.id),
          catalog.named(other.organization, { item: other.items[0], ...none })
        ]
        const [elsewhere, foreign, ...rest] = yield* Effect.all(asked, { concurrency: "unbounded" })
        assert.deepInclude<object>(there(elsewhere ?? null), none)
        assert.isNull(foreign)
        assert.deepStrictEqual(
          rest.map((each) => each?.batch?.name),
          ["OWN", "LOT", undefined]
        )
        assert.isNotNull(rest[2])
        yield* catalog.removeVariation(organization, red.id)
        const removed = yield* named(lot.id)
        assert.deepStrictEqual([removed?.variation?.active, removed?.batch?.active], [false, false])
        yield* catalog.removeItem(organization, item)
        assert.isFalse((yield* named(null))?.item.active)
      })
    )

    it.effect("are in the outcome of what names them, as it left them, repeated or not", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        const { id: red } = there(yield* catalog.createVariation(organization, item, { name: "Red" }))
        const { id: lot } = there(yield* catalog.createBatch(organization, item, { name: "LOT", variation: red }))
        yield* run(at, { _tag: "Receive", lines: [{ item, variation: red, quantity: 5 }] })
        const receive = run(
          at,
          { _tag: "Receive", lines: [{ item, variation: red, batch: lot, quantity: 4 }] },
          { idempotencyKey: "parts" }
        )
        const levels = { reserved: 0, committed: 0, quarantined: 0 }
        const parts = [
          { item, variation: red, batch: null, available: 9, ...levels },
          { item, variation: null, batch: lot, available: 4, ...levels }
        ]
        assert.deepStrictEqual((yield* receive).parts, parts)
        const [first, second] = yield* Effect.all(
          [1, 2].map((quantity) => run(at, { _tag: "Issue", lines: [{ item, variation: red, quantity }] })),
          { concurrency: "unbounded" }
        )
        const left = [first, second].map((outcome) => outcome?.parts?.[0]?.available)
        assert.deepStrictEqual(
          left,
          [first, second].map((outcome) => outcome?.movements[0]?.onHandAfter)
        )
        assert.deepStrictEqual((yield* receive).parts, parts)
        const plain = yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        assert.isUndefined(plain.parts)
      })
    )
  })
}
