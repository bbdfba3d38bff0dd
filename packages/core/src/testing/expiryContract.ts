import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import { Catalog } from "../catalog/Catalog.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Store } from "../store/Store.ts"
import { differences, lotScenario, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What becomes of stock whose batch expires or is quarantined, and what lies where in the tree of locations. */
export const expiryContract = (it: Register): void => {
  describe("batches", () => {
    it.effect("are quarantined as they expire: for readers at once, in the ledger with the next command", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const batch = yield* batchOf(at, 1500)
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 5, batch },
            { item, quantity: 2 }
          ]
        })
        yield* run(at, { _tag: "Reserve", reference: "held", lines: [{ item, quantity: 1, batch }] })
        yield* run(at, { _tag: "Reserve", expiresIn: 1200, lines: [{ item, quantity: 2, batch }] })
        assert.deepStrictEqual(yield* stockOf(at), [4, 3, 0])
        yield* Effect.sleep(1600)
        assert.deepStrictEqual(yield* stockOf(at), [2, 1, 4])
        const listed = yield* Catalog.use((catalog) => catalog.item(at.organization, item))
        assert.deepStrictEqual([listed?.available, listed?.reserved, listed?.quarantined], [2, 1, 4])
        const { rows } = yield* Catalog.use((catalog) =>
          catalog.items({ organization: at.organization, offset: 0, limit: 10 })
        )
        assert.deepStrictEqual([rows[0]?.available, rows[0]?.reserved, rows[0]?.quarantined], [2, 1, 4])

        const short = run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
        assert.strictEqual(yield* outcomeTag(short), "InsufficientStock")
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3, batch }] })
        assert.deepStrictEqual(yield* stockOf(at), [2, 1, 7])
        const movements = yield* StockQueries.use((queries) =>
          queries.movements({ organization: at.organization, item }, { limit: 100, order: "oldest" })
        )
        assert.deepStrictEqual(
          movements.slice(-3).map(({ cause, quantity }) => [cause, quantity]),
          [
            ["Expire", 2],
            ["BatchExpired", 2],
            ["Receive", 3]
          ]
        )
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("that were held when they expired are replaced by good ones when they ship, on lines of their own", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const batch = yield* batchOf(at, 60_000)
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3, batch }] })
        yield* run(at, { _tag: "Reserve", reference: "order", lines: [{ item, quantity: 3 }] })
        yield* expireNow(at, batch)
        const ship = (quantity: number) =>
          run(at, { _tag: "Fulfil", hold: { reference: "order" }, lines: [{ item, quantity }] })
        assert.strictEqual(yield* outcomeTag(ship(1)), "BatchExpired")
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 4 }] })
        yield* ship(2)
        yield* ship(1)
        assert.deepStrictEqual(yield* stockOf(at), [1, 0, 3])
        const hold = yield* StockQueries.use((queries) => queries.hold(at.organization, { reference: "order" }))
        assert.deepStrictEqual(
          hold?.lines.map((line) => [line.line, line.batch, line.held, line.released, line.fulfilled]),
          [
            [0, batch, 3, 3, 0],
            [1, null, 2, 0, 2],
            [2, null, 1, 0, 1]
          ]
        )
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("that are recalled are quarantined, and stay so when the recall ends", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [batch] = at.batches
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5, batch }] })
        const recall = (quarantined: boolean) =>
          Catalog.use((catalog) => catalog.updateBatch(at.organization, batch, { quarantined }))
        yield* recall(true)
        assert.deepStrictEqual(yield* stockOf(at), [0, 0, 5])
        const swept = yield* run(at, { _tag: "ExpireBatches", items: [item] })
        assert.deepStrictEqual(swept.movements, [])
        yield* recall(false)
        assert.deepStrictEqual(yield* stockOf(at), [0, 0, 5])
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, batch }] })
        assert.deepStrictEqual(yield* stockOf(at), [1, 0, 5])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are swept once they are due, by any number of sweepers", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const batch = yield* batchOf(at, 60_000)
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5, batch }] })
        const { ledger } = yield* Store
        const mine = Effect.map(ledger.dueBatches(0, 500), (due) => due.filter(({ id }) => id === item))
        assert.deepStrictEqual(yield* mine, [])
        yield* expireNow(at, batch)
        assert.deepStrictEqual(yield* mine, [{ organization: at.organization, id: item }])
        const sweep = run(at, { _tag: "ExpireBatches", items: [item] })
        yield* Effect.all([sweep, sweep, sweep], { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* mine, [])
        const count = yield* StockQueries.use((queries) =>
          queries.countMovements({ organization: at.organization, item })
        )
        assert.strictEqual(count, 2)
      })
    )
  })

  describe("the tree of locations", () => {
    it.effect("is searched from the location named downwards, past what is not sellable", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [, parent] = at.locations
        const place = (name: string, more: object) =>
          Catalog.use((catalog) => catalog.createLocation(at.organization, { name, kind: "bin", ...more }))
        const bin = yield* place("Bin", { parent })
        const damaged = yield* place("Damaged", { parent, sellable: false })
        const shelf = yield* place("Shelf", { parent: damaged.id })
        for (const { id: location } of [bin, damaged, shelf]) {
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, location }] })
        }
        const issue = (quantity: number, location?: number) => {
          const line = { item, quantity, ...(location === undefined ? {} : { location }) }
          return outcomeTag(run(at, { _tag: "Issue", lines: [line] }))
        }
        assert.strictEqual(yield* issue(3), "InsufficientStock")
        assert.strictEqual(yield* issue(3, parent), "InsufficientStock")
        assert.strictEqual(yield* issue(1, parent), "Success")
        assert.strictEqual(yield* issue(1), "Success")
        assert.strictEqual(yield* issue(4, damaged.id), "Success")
        assert.deepStrictEqual(yield* stockOf(at), [0, 0, 0])
      })
    )
  })
}

/** A batch of the first item that expires so many milliseconds from now. */
const batchOf = Effect.fnUntraced(function* (at: Scenario, millis: number) {
  const { ledger } = yield* Store
  const expiresAt = (yield* ledger.now) + millis
  const catalog = yield* Catalog
  const made = yield* catalog.createBatch(at.organization, at.items[0], { name: `In ${millis}`, expiresAt })
  return made === null ? yield* Effect.die("The item is there") : made.id
})

/** Makes a batch one that has just expired. */
const expireNow = Effect.fnUntraced(function* (at: Scenario, batch: BatchId) {
  const { ledger } = yield* Store
  const expiresAt = yield* ledger.now
  yield* Catalog.use((catalog) => catalog.updateBatch(at.organization, batch, { expiresAt }))
})

/** Available, reserved and quarantined units of the first item. */
const stockOf = (at: Scenario) =>
  StockQueries.use((queries) => queries.stock(at.organization, at.items[0])).pipe(
    Effect.map((stock) => [stock?.total.available, stock?.total.reserved, stock?.total.quarantined])
  )
