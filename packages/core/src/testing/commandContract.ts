import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { levels, lotScenario, outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What one command after another does to what is stored. */
export const commandContract = (it: Register): void => {
  describe("commands", () => {
    it.effect("walk an order from receipt to fulfilment", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }], reason: "purchase", reference: "PO-1" })
        const reserved = yield* run(at, { _tag: "Reserve", reference: "order-1", lines: [{ item, quantity: 4 }] })
        assert.deepStrictEqual(reserved.items, [{ item, available: 6, reserved: 4, committed: 0, quarantined: 0 }])
        yield* run(at, { _tag: "Release", hold: { reference: "order-1" }, lines: [{ item, quantity: 1 }] })
        yield* run(at, { _tag: "Commit", hold: { reference: "order-1" } })
        assert.deepStrictEqual(yield* levels(at, item), [7, 0, 3])
        const shipped = yield* run(at, { _tag: "Fulfil", hold: { reference: "order-1" } })
        assert.strictEqual(shipped.holds[0]?.lines[0]?.fulfilled, 3)
        assert.deepStrictEqual(yield* levels(at, item), [7, 0, 0])
      })
    )

    it.effect("keep every leaf apart: variation, batch and location", () =>
      Effect.gen(function* () {
        const at = yield* lotScenario
        const [item] = at.items
        const [main, other] = at.locations
        const [, variation] = at.variations
        const [, batch] = at.batches
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 1 },
            { item, quantity: 2, variation },
            { item, quantity: 3, variation, batch },
            { item, quantity: 4, variation, batch, location: other }
          ]
        })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 2, batch, location: other }] })
        const queries = yield* StockQueries
        const stock = yield* queries.stock(at.organization, item)
        const available = (rows: ReadonlyArray<{ readonly available: number }> | undefined) =>
          rows?.map((row) => row.available).sort()
        assert.strictEqual(stock?.total.available, 8)
        assert.deepStrictEqual(
          stock?.byLocation.map(({ location, available }) => [location, available]),
          [
            [main, 6],
            [other, 2]
          ]
        )
        assert.deepStrictEqual(available(stock?.byVariation), [1, 7])
        assert.deepStrictEqual(available(stock?.byBatch), [3, 5])
        assert.deepStrictEqual(available(stock?.leaves), [1, 2, 2, 3])
      })
    )

    it.effect("change nothing when they are rejected", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        const queries = yield* StockQueries
        const before = yield* queries.stock(at.organization, item)
        const rejected = yield* outcomeTag(
          run(at, {
            _tag: "Reserve",
            reference: "r",
            lines: [
              { item, quantity: 1 },
              { item: other, quantity: 1 }
            ]
          })
        )
        assert.strictEqual(rejected, "InsufficientStock")
        assert.deepStrictEqual(yield* queries.stock(at.organization, item), before)
        assert.isNull(yield* queries.hold(at.organization, { reference: "r" }))
      })
    )

    it.effect("refuse malformed input with every field named, and change nothing", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const error = yield* Effect.flip(
          run(at, {
            _tag: "Receive",
            lines: [
              { item: at.items[0], quantity: -1 },
              { item: 1.5, quantity: 0 }
            ]
          })
        )
        assert.strictEqual(error._tag, "InvalidInput")
        const paths = error._tag === "InvalidInput" ? error.issues.map(({ path }) => path.join(".")) : []
        assert.deepStrictEqual(paths, ["lines.0.quantity", "lines.1.item", "lines.1.quantity"])
        assert.deepStrictEqual(yield* levels(at, at.items[0]), [0, 0, 0])
      })
    )

    it.effect("refuse text that not every store can keep", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const lines = [{ item: at.items[0], quantity: 1 }] as const
        for (const text of ["a\u0000b", "half \ud83d pair"]) {
          for (const field of [{ note: text }, { reason: text }, { reference: text }]) {
            assert.strictEqual(yield* outcomeTag(run(at, { _tag: "Receive", lines, ...field })), "InvalidInput")
          }
          const keyed = run(at, { _tag: "Receive", lines }, { idempotencyKey: text })
          assert.strictEqual(yield* outcomeTag(keyed), "InvalidInput")
          const named = Catalog.use((catalog) => catalog.createItem(at.organization, { name: text }))
          assert.strictEqual(yield* outcomeTag(named), "InvalidInput")
        }
        const whole = yield* run(at, { _tag: "Receive", lines, note: "Läamp \u{1F4A1}" })
        assert.strictEqual(whole.movements[0]?.note, "Läamp \u{1F4A1}")
      })
    )

    it.effect("of one idempotency key are done once; another command under it is a conflict", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const receive = (quantity: number) =>
          run(at, { _tag: "Receive", lines: [{ item, quantity }] }, { idempotencyKey: "delivery-1" })
        const first = yield* receive(5)
        const second = yield* receive(5)
        assert.deepStrictEqual(second, { ...first, replayed: true })
        assert.deepStrictEqual(yield* levels(at, item), [5, 0, 0])
        assert.strictEqual(yield* outcomeTag(receive(6)), "IdempotencyConflict")
        const elsewhere = yield* scenario
        const other = yield* run(
          elsewhere,
          { _tag: "Receive", lines: [{ item: elsewhere.items[0], quantity: 6 }] },
          { idempotencyKey: "delivery-1" }
        )
        assert.isFalse(other.replayed)
      })
    )

    it.effect("of one reference are one reservation", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        const reserve = (quantity: number) => run(at, { _tag: "Reserve", reference: "o", lines: [{ item, quantity }] })
        const first = yield* reserve(2)
        const again = yield* reserve(2)
        assert.isTrue(again.replayed)
        assert.strictEqual(again.holds[0]?.id, first.holds[0]?.id)
        assert.strictEqual(yield* outcomeTag(reserve(1)), "ReferenceConflict")
        assert.deepStrictEqual(yield* levels(at, item), [3, 2, 0])
        yield* run(at, { _tag: "Release", hold: { reference: "o" } })
        const anew = yield* reserve(1)
        assert.isFalse(anew.replayed)
        const found = yield* StockQueries.use((queries) => queries.hold(at.organization, { reference: "o" }))
        assert.strictEqual(found?.id, anew.holds[0]?.id)
      })
    )

    it.effect("let an expired hold block nobody, for readers and writers, without a sweeper", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 3 },
            { item: second, quantity: 1 }
          ]
        })
        yield* run(at, {
          _tag: "Reserve",
          reference: "short",
          expiresIn: 250,
          lines: [
            { item, quantity: 3 },
            { item: second, quantity: 1 }
          ]
        })
        assert.strictEqual(
          yield* outcomeTag(run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })),
          "InsufficientStock"
        )
        yield* Effect.sleep(320)
        assert.deepStrictEqual(yield* levels(at, item), [3, 0, 0])
        const over = yield* StockQueries.use((queries) => queries.hold(at.organization, { reference: "short" }))
        assert.deepStrictEqual(
          over?.lines.map(({ reserved, expired }) => [reserved, expired]),
          [
            [0, 3],
            [0, 1]
          ]
        )
        const listed = yield* Catalog.use((catalog) => catalog.item(at.organization, item))
        assert.deepStrictEqual([listed?.available, listed?.reserved], [3, 0])
        yield* run(at, { _tag: "Reserve", reference: "next", lines: [{ item, quantity: 3 }] })
        assert.deepStrictEqual(yield* levels(at, item), [0, 3, 0])
        assert.deepStrictEqual(yield* levels(at, second), [1, 0, 0])
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "Fulfil", hold: { reference: "short" } })), "HoldClosed")
      })
    )

    it.effect("extend and expire holds by the store's time", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        const { holds } = yield* run(at, { _tag: "Reserve", expiresIn: 250, lines: [{ item, quantity: 1 }] })
        const [hold] = holds
        if (hold === undefined) return assert.fail("no hold")
        yield* run(at, { _tag: "Extend", hold: { id: hold.id }, expiresIn: 60_000 })
        yield* Effect.sleep(300)
        const early = yield* run(at, { _tag: "Expire", holds: [hold.id] })
        assert.deepStrictEqual(early.movements, [])
        assert.deepStrictEqual(yield* levels(at, item), [0, 1, 0])
      })
    )

    it.effect("release anonymous holds, oldest first, and never a named one", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        yield* run(at, { _tag: "Reserve", reference: "named", lines: [{ item, quantity: 4 }] })
        for (const quantity of [1, 2, 1]) yield* run(at, { _tag: "Reserve", lines: [{ item, quantity }] })
        yield* run(at, { _tag: "ReleaseAnonymous", item, quantity: 2 })
        assert.deepStrictEqual(yield* levels(at, item), [4, 6, 0])
        const rest = yield* run(at, { _tag: "ReleaseAnonymous", item, quantity: 50 })
        assert.strictEqual(
          rest.movements.reduce((sum, { quantity }) => sum + quantity, 0),
          2
        )
        assert.deepStrictEqual(yield* levels(at, item), [6, 4, 0])
      })
    )

    it.effect("that release anonymous holds end what is over of each item that these hold", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 5 },
            { item: second, quantity: 5 }
          ]
        })
        yield* run(at, {
          _tag: "Reserve",
          lines: [
            { item, quantity: 1 },
            { item: second, quantity: 1 }
          ]
        })
        yield* run(at, { _tag: "Reserve", expiresIn: 250, lines: [{ item: second, quantity: 3 }] })
        yield* Effect.sleep(320)
        const { items } = yield* run(at, { _tag: "ReleaseAnonymous", item, quantity: 1 })
        assert.deepStrictEqual(
          items.map(({ item: id, available, reserved }) => [id, available, reserved]),
          [
            [item, 5, 0],
            [second, 4, 1]
          ]
        )
      })
    )

    it.effect("linked, are all or nothing", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const { organization } = at
        const link = (quantity: number) =>
          run(at, {
            _tag: "Linked",
            commands: [
              { _tag: "Open", organization, item },
              { _tag: "Receive", organization, lines: [{ item, quantity: 3 }] },
              { _tag: "Reserve", organization, lines: [{ item, quantity }] }
            ]
          })
        assert.strictEqual(yield* outcomeTag(link(4)), "InsufficientStock")
        assert.deepStrictEqual(yield* levels(at, item), [0, 0, 0])
        yield* link(2)
        assert.deepStrictEqual(yield* levels(at, item), [1, 2, 0])
        assert.strictEqual(yield* outcomeTag(link(1)), "AlreadyOpen")
      })
    )

    it.effect("of two organizations in one batch do not hide a row from its owner by naming its id", () =>
      Effect.gen(function* () {
        const ours = yield* scenario
        const theirs = yield* scenario
        const [item] = theirs.items
        const [location] = theirs.locations
        const both = (input: Parameters<typeof run>[1]) =>
          Effect.all([outcomeTag(run(theirs, input)), outcomeTag(run(ours, input))], { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* both({ _tag: "Receive", lines: [{ item, quantity: 5, location }] }), [
          "Success",
          "UnknownItem"
        ])
        const { holds } = yield* run(theirs, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })
        const hold = { id: holds[0]?.id ?? 0 }
        assert.deepStrictEqual(yield* both({ _tag: "Commit", hold }), ["Success", "UnknownHold"])
      })
    )

    it.effect("of two organizations in one batch do not hide a variation or a batch from its owner either", () =>
      Effect.gen(function* () {
        const ours = yield* lotScenario
        const theirs = yield* lotScenario
        const [item] = theirs.items
        const [variation] = theirs.variations
        const [batch] = theirs.batches
        const both = (input: Parameters<typeof run>[1]) =>
          Effect.all(
            [
              // Those that come while it is on its way to the store are one batch.
              outcomeTag(run(ours, { _tag: "Receive", lines: [{ item: ours.items[0], quantity: 1 }] })),
              outcomeTag(run(theirs, input)),
              outcomeTag(run(ours, input))
            ],
            { concurrency: "unbounded" }
          )
        const found = ["Success", "Success", "UnknownItem"]
        assert.deepStrictEqual(yield* both({ _tag: "Receive", lines: [{ item, quantity: 1, variation }] }), found)
        assert.deepStrictEqual(yield* both({ _tag: "Receive", lines: [{ item, quantity: 1, batch }] }), found)
      })
    )

    it.effect("reach no other organization's rows by any id", () =>
      Effect.gen(function* () {
        const ours = yield* scenario
        const theirs = yield* scenario
        const [item] = theirs.items
        const [location] = theirs.locations
        yield* run(theirs, { _tag: "Receive", lines: [{ item, quantity: 5 }] })
        const { holds } = yield* run(theirs, { _tag: "Reserve", reference: "theirs", lines: [{ item, quantity: 1 }] })
        const id = holds[0]?.id ?? 0
        const tags = yield* Effect.all([
          outcomeTag(run(ours, { _tag: "Issue", lines: [{ item, quantity: 1 }] })),
          outcomeTag(run(ours, { _tag: "Receive", lines: [{ item: ours.items[0], quantity: 1, location }] })),
          outcomeTag(run(ours, { _tag: "Release", hold: { id } })),
          outcomeTag(run(ours, { _tag: "Fulfil", hold: { reference: "theirs" } })),
          outcomeTag(run(ours, { _tag: "SetPolicy", item, lowStockThreshold: 1 }))
        ])
        assert.deepStrictEqual(tags, ["UnknownItem", "UnknownLocation", "UnknownHold", "UnknownHold", "UnknownItem"])
        const swept = yield* run(ours, { _tag: "Expire", holds: [id] })
        assert.deepStrictEqual(swept.movements, [])
        const queries = yield* StockQueries
        assert.isNull(yield* queries.stock(ours.organization, item))
        assert.isNull(yield* queries.hold(ours.organization, { reference: "theirs" }))
        assert.deepStrictEqual(yield* levels(theirs, item), [4, 1, 0])
      })
    )
  })
}
