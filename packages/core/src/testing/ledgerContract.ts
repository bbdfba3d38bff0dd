import { assert, describe } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import type { Change } from "../ledger/LedgerDriver.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Subscriptions } from "../ledger/Subscriptions.ts"
import { Store } from "../store/Store.ts"
import { outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const receive = (at: Scenario, quantity: number, more: object = {}) =>
  run(at, { _tag: "Receive", lines: [{ item: at.items[0], quantity }], ...more })

/** Reading the ledger, and following it. */
export const ledgerContract = (it: Register): void => {
  describe("the ledger", () => {
    it.effect("is paged by id in both orders, without gaps or repeats", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        for (let quantity = 1; quantity <= 7; quantity++) yield* receive(at, quantity)
        const queries = yield* StockQueries
        for (const order of ["oldest", "newest"] as const) {
          const seen: Array<number> = []
          let after: number | undefined
          for (let page = 0; page < 4; page++) {
            const rows = yield* queries.movements({ organization: at.organization }, { order, limit: 2, after })
            seen.push(...rows.map((movement) => movement.quantity))
            after = rows.at(-1)?.id
          }
          assert.deepStrictEqual(seen, order === "oldest" ? [1, 2, 3, 4, 5, 6, 7] : [7, 6, 5, 4, 3, 2, 1])
        }
        assert.strictEqual(yield* queries.countMovements({ organization: at.organization }), 7)
      })
    )

    it.effect("counts the movements that match, of an item's also those that came since it was last asked", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        const { organization } = at
        const queries = yield* StockQueries
        const counts = (filters: ReadonlyArray<object>) =>
          Effect.forEach(filters, (filter) => queries.countMovements({ organization, ...filter }))
        const filters = [{ item }, { item, reason: "purchase" }, { item: second }, {}]
        assert.deepStrictEqual(yield* counts(filters), [0, 0, 0, 0])
        yield* receive(at, 1, { reason: "purchase" })
        yield* receive(at, 2)
        assert.deepStrictEqual(yield* counts(filters), [2, 1, 0, 2])
        yield* run(at, { _tag: "Receive", lines: [{ item: second, quantity: 2 }] })
        yield* run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })
        assert.deepStrictEqual(yield* counts(filters), [3, 1, 1, 4])
        assert.deepStrictEqual(yield* counts(filters), [3, 1, 1, 4])
        yield* Effect.forEach([3, 4, 5], (quantity) => receive(at, quantity, { reason: "purchase" }), {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(yield* counts(filters), [6, 4, 1, 7])
      })
    )

    it.effect("is filtered by item, location, reason, reference, hold and time, and keeps what was said", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        const [, other] = at.locations
        const { organization } = at
        const first = yield* receive(at, 1, { reason: "purchase", reference: "PO-7", note: "dock 3", actor: 42 })
        yield* Effect.sleep(5)
        yield* run(at, { _tag: "Receive", lines: [{ item: second, quantity: 2, location: other }] })
        const { holds } = yield* run(at, { _tag: "Reserve", reference: "o-1", lines: [{ item, quantity: 1 }] })
        const queries = yield* StockQueries
        const quantities = (filter: object) =>
          Effect.map(queries.movements({ organization, ...filter }, { order: "oldest", limit: 10 }), (rows) =>
            rows.map((row) => row.quantity)
          )
        assert.deepStrictEqual(yield* quantities({ item }), [1, 1])
        assert.deepStrictEqual(yield* quantities({ location: other }), [2])
        assert.deepStrictEqual(yield* quantities({ reason: "purchase" }), [1])
        assert.deepStrictEqual(yield* quantities({ reference: "PO-7" }), [1])
        assert.deepStrictEqual(yield* quantities({ hold: holds[0]?.id }), [1])
        const at0 = first.movements[0]?.at ?? 0
        assert.deepStrictEqual(yield* quantities({ until: at0 + 1 }), [1])
        assert.deepStrictEqual(yield* quantities({ from: at0 + 1 }), [2, 1])
        const rows = yield* queries.movements({ organization, item }, { order: "oldest", limit: 1 })
        assert.deepStrictEqual(rows[0], first.movements[0])
        assert.deepInclude(rows[0], { reason: "purchase", reference: "PO-7", note: "dock 3", actor: 42, hold: null })
      })
    )

    it.effect("refuses pages that are too long or malformed", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const queries = yield* StockQueries
        for (const limit of [0, -1, 1.5, 1001, Number.NaN]) {
          const read = queries.movements({ organization: at.organization }, { order: "newest", limit })
          assert.strictEqual(yield* outcomeTag(read), "InvalidInput")
        }
      })
    )

    it.effect("tells balances as of any instant", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const snapshots: Array<readonly [number, number]> = []
        for (let quantity = 1; quantity <= 5; quantity++) {
          const { movements, items } = yield* receive(at, quantity)
          snapshots.push([movements[0]?.at ?? 0, items[0]?.available ?? 0])
          yield* Effect.sleep(3)
        }
        const queries = yield* StockQueries
        for (const [instant, available] of snapshots) {
          const [leaf] = yield* queries.balanceAsOf(at.organization, item, instant)
          assert.strictEqual(leaf?.available, available)
        }
        assert.deepStrictEqual(yield* queries.balanceAsOf(at.organization, item, (snapshots[0]?.[0] ?? 0) - 1), [])
      })
    )

    it.effect("lists holds by status and item", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        yield* receive(at, 9)
        for (const reference of ["a", "b", "c"]) {
          yield* run(at, { _tag: "Reserve", reference, lines: [{ item, quantity: 1 }] })
        }
        yield* run(at, { _tag: "Fulfil", hold: { reference: "b" } })
        const queries = yield* StockQueries
        const references = (filter: object) =>
          Effect.map(
            queries.holds({ organization: at.organization, ...filter }, { order: "oldest", limit: 10 }),
            (holds) => holds.map((hold) => hold.reference)
          )
        assert.deepStrictEqual(yield* references({}), ["a", "b", "c"])
        assert.deepStrictEqual(yield* references({ status: "open" }), ["a", "c"])
        assert.deepStrictEqual(yield* references({ status: "fulfilled", item }), ["b"])
        assert.deepStrictEqual(yield* references({ item: second }), [])
      })
    )

    it.effect("lists holds that expire within a time, the soonest first, of one organization", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* receive(at, 9)
        const other = yield* scenario
        yield* receive(other, 1)
        const reserve = (reference: string, expiresIn?: number) => ({
          _tag: "Reserve" as const,
          reference,
          ...(expiresIn === undefined ? {} : { expiresIn }),
          lines: [
            { item, quantity: 1 },
            { item, quantity: 1 }
          ] as const
        })
        yield* run(at, reserve("late", 90_000_000))
        yield* run(at, reserve("second", 60_000))
        yield* run(at, reserve("first", 50_000))
        yield* run(at, reserve("never"))
        yield* run(other, { _tag: "Reserve", expiresIn: 40_000, lines: [{ item: other.items[0], quantity: 1 }] })
        const references = (within: number, limit = 10) =>
          StockQueries.use((queries) =>
            Effect.map(queries.expiringHolds(at.organization, { within, limit }), (holds) =>
              holds.map(({ reference, lines }) => [reference, lines.length])
            )
          )
        assert.deepStrictEqual(yield* references(3_600_000), [
          ["first", 2],
          ["second", 2]
        ])
        assert.deepStrictEqual(yield* references(3_600_000, 1), [["first", 2]])
        assert.deepStrictEqual(yield* references(1000), [])
        yield* run(at, { _tag: "Commit", hold: { reference: "first" } })
        assert.deepStrictEqual(yield* references(3_600_000), [["second", 2]])
        const queries = yield* StockQueries
        const refused = yield* Effect.flip(queries.expiringHolds(at.organization, { within: 1, limit: 0 }))
        assert.strictEqual(refused._tag, "InvalidInput")
      })
    )
  })

  describe("subscriptions", () => {
    it.effect("read movements and events in one order, and low-stock alerts once per crossing", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "SetPolicy", item, lowStockThreshold: 3 })
        yield* receive(at, 5)
        for (let n = 0; n < 3; n++) yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        yield* receive(at, 5)
        const subscriptions = yield* Subscriptions
        // Nothing is skipped, but a transaction that is still open anywhere may hold the feed up.
        const { changes, cursor } = yield* Effect.repeat(
          Effect.andThen(Effect.sleep(2), subscriptions.read(at.organization, "", 1000)),
          {
            until: (page) =>
              page.changes.some((change) => change._tag === "Event" && change.event.event._tag === "LowStockCleared")
          }
        ).pipe(Effect.timeout("20 seconds"))
        assert.deepStrictEqual(
          changes.map((change) => change.id),
          changes.map((change) => change.id).sort((a, b) => a - b)
        )
        const tags = changes.map((change) => (change._tag === "Movement" ? "Movement" : change.event.event._tag))
        assert.deepStrictEqual(tags.slice(tags.indexOf("PolicyChanged")), [
          "PolicyChanged",
          "Movement",
          "Movement",
          "Movement",
          "LowStockRaised",
          "Movement",
          "Movement",
          "LowStockCleared"
        ])
        const after = yield* subscriptions.read(at.organization, cursor, 1000)
        assert.deepStrictEqual(after, { changes: [], cursor })
      })
    )

    it.effect("follow what is committed later", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const subscriptions = yield* Subscriptions
        const { cursor } = yield* subscriptions.read(at.organization, "", 1000)
        const fiber = yield* subscriptions.follow(at.organization, cursor).pipe(
          Stream.flatMap((page) => Stream.fromIterable(page.changes)),
          Stream.filter((change) => change._tag === "Movement"),
          Stream.take(3),
          Stream.runCollect,
          Effect.forkChild
        )
        for (let quantity = 1; quantity <= 3; quantity++) yield* receive(at, quantity)
        const seen = yield* Fiber.join(fiber)
        assert.deepStrictEqual(
          seen.map((change) => (change._tag === "Movement" ? change.movement.quantity : 0)),
          [1, 2, 3]
        )
      })
    )

    it.effect("are handed over at least once and in order, going on where they were left", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const subscriptions = yield* Subscriptions
        const name = `test-${at.organization}`
        const seen: Array<Change> = []
        yield* receive(at, 1)
        const take = (n: number) =>
          Effect.flip(
            subscriptions.subscribe(name, (changes) =>
              Effect.suspend(() => {
                const ours = changes.filter(
                  (change) => change._tag === "Movement" && change.movement.organization === at.organization
                )
                seen.push(...ours)
                return seen.length >= n ? Effect.fail("enough" as const) : Effect.void
              })
            )
          )
        assert.strictEqual(yield* take(1), "enough")
        yield* receive(at, 2)
        yield* take(3)
        assert.deepStrictEqual(
          [...new Set(seen.map((change) => (change._tag === "Movement" ? change.movement.quantity : 0)))],
          [1, 2]
        )
      })
    )

    it.effect("have one active worker, and another follows when it ends", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const subscriptions = yield* Subscriptions
        const name = `workers-${at.organization}`
        const seen: Array<readonly [string, number]> = []
        const worker = (label: string) =>
          subscriptions.subscribe(name, (changes) =>
            Effect.sync(() => {
              for (const change of changes) {
                if (change._tag !== "Movement" || change.movement.organization !== at.organization) continue
                seen.push([label, change.movement.quantity])
              }
            })
          )
        const wait = (n: number) =>
          Effect.repeat(Effect.sleep(5), { until: () => seen.some(([, quantity]) => quantity === n) }).pipe(
            Effect.timeout("20 seconds")
          )
        const first = yield* Effect.forkChild(worker("first"))
        yield* receive(at, 1)
        yield* wait(1)
        const second = yield* Effect.forkChild(worker("second"))
        yield* receive(at, 2)
        yield* wait(2)
        yield* Fiber.interrupt(first)
        yield* receive(at, 3)
        yield* wait(3)
        yield* Fiber.interrupt(second)
        // What the first handled but had not saved yet when it ended comes again.
        const firstSeen = seen.filter(([, n], index) => seen.findIndex(([, other]) => other === n) === index)
        assert.deepStrictEqual(firstSeen, [
          ["first", 1],
          ["first", 2],
          ["second", 3]
        ])
      })
    )

    it.effect("give a worker's turn to another only when it is over", () =>
      Effect.gen(function* () {
        const { ledger } = yield* Store
        const name = `turns-${(yield* scenario).organization}`
        assert.strictEqual(yield* ledger.claim(name, "a", 60), "")
        assert.isNull(yield* ledger.claim(name, "b", 60))
        assert.isTrue(yield* ledger.saveCursor(name, "a", "here"))
        assert.isFalse(yield* ledger.saveCursor(name, "b", "there"))
        yield* Effect.sleep(90)
        assert.strictEqual(yield* ledger.claim(name, "b", 60_000), "here")
        assert.isFalse(yield* ledger.saveCursor(name, "a", "late"))
        assert.isNull(yield* ledger.claim(name, "a", 60))
        yield* ledger.yieldTurn(name, "b")
        assert.strictEqual(yield* ledger.claim(name, "a", 60), "here")
        assert.strictEqual(yield* ledger.savedCursor(name), "here")
      })
    )
  })
}
