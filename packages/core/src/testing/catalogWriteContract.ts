import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemSort, StockedItem } from "../catalog/lists.ts"
import { parseMoney } from "../catalog/Money.ts"
import { Subscriptions } from "../ledger/Subscriptions.ts"
import { outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What holds for every write of the catalogue: it happens once, on the condition given, and is told. */
export const catalogWriteContract = (it: Register): void => {
  describe("a write of the catalogue", () => {
    it.effect("with a key is made once, and answered again as it was", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const idempotencyKey = "write"
        const create = (name: string, createdBy = 1) =>
          catalog.createItem(organization, { name, category: "Once", createdBy }, { idempotencyKey })
        const answers = yield* Effect.all(
          Array.from({ length: 8 }, (_, n) => create("Lamp", n)),
          { concurrency: "unbounded" }
        )
        for (const answer of answers) assert.deepStrictEqual(answer, answers[0])
        const [made] = answers
        if (made === undefined) return assert.fail("nothing made")
        yield* catalog.updateItem(organization, made.id, { name: "Changed since" })
        assert.deepStrictEqual(yield* create("Lamp"), made)
        const { total } = yield* catalog.items({ organization, search: "Once", offset: 0, limit: 10 })
        assert.strictEqual(total, 1)
        assert.strictEqual(yield* outcomeTag(create("Other")), "IdempotencyConflict")
        const batch = catalog.createBatch(organization, made.id, { name: "Lamp" }, { idempotencyKey })
        assert.strictEqual(yield* outcomeTag(batch), "IdempotencyConflict")
        const elsewhere = yield* scenario
        const theirs = catalog.createItem(elsewhere.organization, { name: "Lamp" }, { idempotencyKey })
        assert.notStrictEqual((yield* theirs).id, made.id)
      })
    )

    it.effect("shares its key with the commands of the organization", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization, items } = at
        const [item] = items
        const catalog = yield* Catalog
        yield* catalog.createTerm("brand", organization, { name: "x" }, { idempotencyKey: "brand" })
        const receive = (idempotencyKey: string) =>
          outcomeTag(run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] }, { idempotencyKey }))
        assert.strictEqual(yield* receive("brand"), "IdempotencyConflict")
        assert.strictEqual(yield* receive("stock"), "Success")
        const brand = catalog.createTerm("brand", organization, { name: "y" }, { idempotencyKey: "stock" })
        assert.strictEqual(yield* outcomeTag(brand), "IdempotencyConflict")
      })
    )

    it.effect("of every kind is made once", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const [item, part] = items
        const catalog = yield* Catalog
        const twice = Effect.fnUntraced(function* <A, E>(
          write: (options: { readonly idempotencyKey: string }) => Effect.Effect<A, E>
        ) {
          const options = { idempotencyKey: `key ${keys++}` }
          const first = yield* write(options)
          assert.deepStrictEqual(yield* write(options), first)
          assert.isNotNull(first)
          return first
        })
        let keys = 0
        const variation = yield* twice((o) => catalog.createVariation(organization, item, { name: "Red" }, o))
        const batch = yield* twice((o) => catalog.createBatch(organization, item, { name: "LOT" }, o))
        const location = yield* twice((o) => catalog.createLocation(organization, { name: "Shop" }, o))
        const unit = yield* twice((o) => catalog.createTerm("unit", organization, { name: "kg" }, o))
        const partner = yield* twice((o) => catalog.createPartner(organization, { kind: "supplier" }, o))
        if (variation === null || batch === null) return assert.fail("nothing made")
        yield* twice((o) => catalog.createItems(organization, [{ name: "a" }, { name: "b" }], o))
        yield* twice((o) => catalog.updateVariation(organization, variation.id, { name: "Blue" }, o))
        yield* twice((o) => catalog.removeVariation(organization, variation.id, o))
        yield* twice((o) => catalog.restoreVariation(organization, variation.id, o))
        yield* twice((o) => catalog.updateBatch(organization, batch.id, { quarantined: true }, o))
        yield* twice((o) => catalog.removeBatch(organization, batch.id, o))
        yield* twice((o) => catalog.restoreBatch(organization, batch.id, o))
        yield* twice((o) => catalog.updateLocation(organization, location.id, { place: "Berlin" }, o))
        yield* twice((o) => catalog.updateTerm("unit", organization, unit.id, { symbol: "k" }, o))
        yield* twice((o) => catalog.removeTerm("unit", organization, unit.id, o))
        yield* twice((o) => catalog.restoreTerm("unit", organization, unit.id, o))
        yield* twice((o) => catalog.updatePartner(organization, partner.id, { name: "Acme" }, o))
        yield* twice((o) => catalog.removePartner(organization, partner.id, o))
        yield* twice((o) => catalog.restorePartner(organization, partner.id, o))
        const components = [{ item: part, variation: null, quantity: 2 }]
        yield* twice((o) => catalog.setComponents(organization, item, components, o))
        yield* twice((o) => catalog.updateItem(organization, item, { note: "x" }, o))
        yield* twice((o) => catalog.removeItem(organization, item, o))
        yield* twice((o) => catalog.restoreItem(organization, item, o))
      })
    )

    it.effect("that was refused, or found nothing, may be made later under its key", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const create = catalog.createItem(organization, { name: "x", sku: "one" }, { idempotencyKey: "later" })
        assert.strictEqual(yield* outcomeTag(create), "DuplicateSku")
        const one = yield* catalog.itemBySku(organization, "one")
        if (one === null) return assert.fail("no item")
        yield* catalog.updateItem(organization, one.id, { sku: "first" })
        assert.strictEqual(yield* outcomeTag(create), "Success")
        const long = catalog.createItem(organization, { name: "x" }, { idempotencyKey: "x".repeat(201) })
        assert.strictEqual(yield* outcomeTag(long), "InvalidInput")
      })
    )

    it.effect("is told by an event, once", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const subscriptions = yield* Subscriptions
        const { cursor } = yield* subscriptions.read(organization, "", 1000)
        const { id } = yield* catalog.createItem(organization, {
          name: "Lamp",
          brand: "Acme",
          variations: [{ name: "Red" }]
        })
        const variations = yield* catalog.variations({ organization, items: [id], offset: 0, limit: 1 })
        const batch = yield* catalog.createBatch(organization, id, { name: "LOT" })
        yield* catalog.removeItem(organization, id)
        yield* catalog.restoreItem(organization, id)
        const { changes } = yield* subscriptions.read(organization, cursor, 1000)
        const told = changes.map((change) =>
          change._tag === "Event" && "id" in change.event.event ? [change.event.event._tag, change.event.event.id] : []
        )
        assert.strictEqual(told[0]?.[0], "BrandCreated")
        assert.deepStrictEqual(told.slice(1), [
          ["ItemCreated", id],
          ["VariationCreated", variations.rows[0]?.id ?? 0],
          ["BatchCreated", batch?.id ?? 0],
          ["ItemDeleted", id],
          ["ItemRestored", id]
        ])
      })
    )

    it.effect("of something that has changed since it was read is refused, if asked so", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const [item] = items
        const catalog = yield* Catalog
        const batch = yield* catalog.createBatch(organization, item, { name: "LOT" })
        if (batch === null) return assert.fail("no batch")
        const write = (ifUpdatedAt: number) =>
          catalog.updateBatch(organization, batch.id, { note: "x" }, { ifUpdatedAt })
        const changed = yield* write(batch.updatedAt)
        assert.strictEqual(yield* outcomeTag(write(batch.updatedAt)), "ChangedMeanwhile")
        const remove = catalog.removeBatch(organization, batch.id, { ifUpdatedAt: changed?.updatedAt })
        assert.strictEqual(yield* outcomeTag(remove), "Success")
      })
    )
  })

  describe("many items at once", () => {
    it.effect("are made all or none, each with codes of its own", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const many = Array.from({ length: 1000 }, (_, n) => ({ name: `n${n}`, sku: `s${n}`, category: `c${n % 3}` }))
        const made = yield* catalog.createItems(organization, many)
        assert.deepStrictEqual(
          made.map(({ name, sku, category }) => ({ name, sku, category })),
          many
        )
        assert.strictEqual(new Set(made.map(({ id }) => id)).size, 1000)
        const count = Effect.map(catalog.items({ organization, offset: 0, limit: 1 }), ({ total }) => total)
        const before = yield* count
        const again = catalog.createItems(organization, [{ name: "new" }, { name: "old", sku: "s5" }])
        assert.strictEqual(yield* outcomeTag(again), "DuplicateSku")
        const twice = catalog.createItems(organization, [
          { name: "new", sku: "n" },
          { name: "other", sku: "n" }
        ])
        assert.strictEqual(yield* outcomeTag(twice), "DuplicateSku")
        assert.strictEqual(yield* outcomeTag(catalog.createItems(organization, [])), "InvalidInput")
        assert.strictEqual(yield* count, before)
      })
    )

    it.effect("are listed alike from wherever a page begins", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        for (const part of [0, 1, 2, 3]) {
          const many = Array.from({ length: 1000 }, (_, n) => ({
            name: `n${n % 7}`,
            sku: `${part}/${n}`,
            unitPrice: n % 3 === 0 ? null : (parseMoney(`${n % 5}`) ?? null)
          }))
          yield* catalog.createItems(organization, many)
        }
        const orders: ReadonlyArray<readonly [sort: ItemSort, key: (item: StockedItem) => string | number]> = [
          ["name_asc", ({ name }) => name],
          ["price_desc", ({ unitPrice }) => Number(unitPrice ?? -1)],
          ["created_desc", ({ createdAt }) => createdAt],
          ["stock_desc", ({ available }) => available],
          ["id_asc", ({ id }) => id]
        ]
        const areListedAlike = Effect.gen(function* () {
          const all: Array<StockedItem> = []
          for (;;) {
            const after = all.at(-1)?.id
            const { rows }: { readonly rows: ReadonlyArray<StockedItem> } = yield* catalog.items({
              organization,
              active: true,
              sort: "id_asc",
              after,
              offset: 0,
              limit: 1000
            })
            all.push(...rows)
            if (rows.length < 1000) break
          }
          for (const [sort, key] of orders) {
            const towards = sort.endsWith("desc") ? -1 : 1
            const order = (a: string | number, b: string | number) => (a < b ? -towards : a > b ? towards : 0)
            const ids = all.toSorted((a, b) => order(key(a), key(b)) || order(a.id, b.id)).map(({ id }) => id)
            for (const [offset, limit] of [
              [999, 3],
              [1000, 2],
              [1001, 2],
              [1760, 50],
              [1510, 50],
              [1990, 50],
              [2100, 7],
              [2470, 60],
              [2990, 50],
              [all.length - 12, 50],
              [all.length - 1, 1],
              [all.length, 1],
              [9999, 5]
            ] as const) {
              const { rows, total } = yield* catalog.items({ organization, active: true, sort, offset, limit })
              assert.deepStrictEqual(
                [sort, offset, rows.map(({ id }) => id), total],
                [sort, offset, ids.slice(offset, offset + limit), all.length]
              )
            }
          }
          return all.map(({ id }) => id)
        })
        const ids = yield* areListedAlike
        assert.strictEqual(ids.length, 4002)
        assert.deepStrictEqual(yield* areListedAlike, ids)
        const [first, , third] = ids
        const middle = ids[2000]
        if (first === undefined || third === undefined || middle === undefined) return assert.fail("no items")
        yield* catalog.removeItem(organization, third)
        yield* catalog.updateItem(organization, middle, { name: "a", unitPrice: parseMoney("99") ?? null })
        assert.deepStrictEqual(
          yield* areListedAlike,
          ids.filter((id) => id !== third)
        )
        yield* catalog.updateItem(organization, first, { name: "z", unitPrice: null })
        yield* catalog.restoreItem(organization, third)
        assert.deepStrictEqual(yield* areListedAlike, ids)
      })
    )

    it.effect("have names of their own where that is asked for", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const catalog = yield* Catalog
        const create = (name: string, uniqueName: boolean) =>
          outcomeTag(catalog.createItem(organization, { name }, { uniqueName }))
        const tags = yield* Effect.all(
          Array.from({ length: 6 }, () => create("Laptop Pro", true)),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.strictEqual(yield* create("Laptop Pro", true), "DuplicateName")
        assert.strictEqual(yield* create("Laptop Pro", false), "Success")
        const rename = catalog.createItems(organization, [{ name: "a" }, { name: "a" }], { uniqueName: true })
        assert.strictEqual(yield* outcomeTag(rename), "DuplicateName")
        const { rows } = yield* catalog.items({ organization, name: "Laptop Pro", offset: 0, limit: 10 })
        assert.strictEqual(rows.length, 2)
        for (const { id } of rows) yield* catalog.removeItem(organization, id)
        assert.strictEqual(yield* create("Laptop Pro", true), "Success")
      })
    )
  })
}
