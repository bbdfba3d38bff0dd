import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { Count } from "../documents/Count.ts"
import { History } from "../ledger/History.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, levels, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const countNamed = Effect.fnUntraced(function* (at: Scenario, reference: string) {
  const queries = yield* StockQueries
  const found = yield* queries.document(at.organization, { kind: "count", reference })
  const count: Count = found?.kind === "count" ? found : yield* Effect.die("No such count")
  return count
})

const record = (at: Scenario, counted: number, more: object = {}) =>
  run(at, {
    _tag: "RecordCount",
    count: { reference: "N" },
    lines: [{ item: at.items[0], counted, ...more }]
  })

/** Counting what is there. */
export const countContract = (it: Register): void => {
  describe("counts", () => {
    it.effect(
      "post differences beside what moves meanwhile (ERPNext #37192: a late count corrupts later balances)",
      () =>
        Effect.gen(function* () {
          const at = yield* scenario
          const [item] = at.items
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
          yield* run(at, { _tag: "StartCount", reference: "N", items: [{ item }] })
          yield* record(at, 8)
          yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 3 }] })
          // Said to have been counted a week ago, it rewrites nothing of what happened since.
          yield* run(at, { _tag: "PostCount", count: { reference: "N" }, effectiveAt: Date.now() - 7 * 86_400_000 })
          assert.deepStrictEqual(yield* levels(at, item), [5, 0, 0])
          const history = yield* History
          const statement = yield* history.statement(
            at.organization,
            item,
            { from: 0, until: Number.MAX_SAFE_INTEGER },
            { limit: 10 }
          )
          assert.deepStrictEqual(
            statement.movements.map((movement) => movement.onHandAfter),
            [10, 7, 5]
          )
          assert.deepStrictEqual(yield* differences(at), [])
        })
    )

    it.effect("of a location find all that is there and within, and nothing else", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        const [here, there] = at.locations
        const catalog = yield* Catalog
        const bin = yield* catalog.createLocation(at.organization, { name: "Bin", parent: there })
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 1, location: here },
            { item, quantity: 2, location: there },
            { item: second, quantity: 3, location: bin.id }
          ]
        })
        yield* run(at, { _tag: "StartCount", reference: "N", location: there })
        const { lines, items } = yield* countNamed(at, "N")
        assert.deepStrictEqual(
          lines.map((line) => [line.item, line.location, line.expected]),
          [
            [item, there, 2],
            [second, bin.id, 3]
          ]
        )
        assert.deepStrictEqual(items, [item, second])
        const empty = yield* catalog.createLocation(at.organization, { name: "Empty" })
        const nothing = run(at, { _tag: "StartCount", location: empty.id })
        assert.strictEqual(yield* outcomeTag(nothing), "NothingToCount")
        const stranger = yield* scenario
        const foreign = run(stranger, { _tag: "StartCount", location: there })
        assert.strictEqual(yield* outcomeTag(foreign), "UnknownLocation")
      })
    )

    it.effect("that are blind show nothing expected before they are posted, to nobody", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        const start = { _tag: "StartCount", reference: "N", items: [{ item }], blind: true } as const
        const started = yield* run(at, start, { idempotencyKey: "start" })
        const again = yield* run(at, start, { idempotencyKey: "start" })
        const same = yield* run(at, start)
        const recorded = yield* record(at, 9)
        const queries = yield* StockQueries
        const page = { limit: 10, order: "newest" } as const
        const listed = yield* queries.documents({ organization: at.organization, kind: "count" }, page)
        for (const document of [started, again, same, recorded].flatMap(({ documents }) => documents).concat(listed)) {
          const lines = document.kind === "count" ? document.lines : []
          assert.deepStrictEqual(
            lines.map(({ expected, onHandThen, difference }) => [expected, onHandThen, difference]),
            [[null, null, null]]
          )
        }
        yield* run(at, { _tag: "PostCount", count: { reference: "N" } })
        assert.deepInclude((yield* countNamed(at, "N")).lines[0], { expected: 10, counted: 9, difference: -1 })
      })
    )

    it.effect("are refused stale lines and shortages of what is held, by name", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        yield* run(at, { _tag: "StartCount", reference: "N", items: [{ item }] })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 4 }] })
        yield* record(at, 5)
        const post = run(at, { _tag: "PostCount", count: { reference: "N" } })
        assert.deepInclude(yield* Effect.flip(post), { _tag: "StaleCountLine", expected: 10, now: 6, moved: -4 })
        yield* record(at, 5)
        const { holds } = yield* run(at, { _tag: "Reserve", reference: "order", lines: [{ item, quantity: 6 }] })
        assert.deepInclude(yield* Effect.flip(post), {
          _tag: "CountShortage",
          missing: 1,
          available: 0,
          reserved: 6,
          holds: holds.map(({ id }) => id)
        })
        yield* run(at, { _tag: "Release", hold: { reference: "order" } })
        yield* post
        assert.strictEqual(yield* outcomeTag(post), "CountClosed")
        assert.deepStrictEqual(yield* levels(at, item), [5, 0, 0])
      })
    )

    it.effect("have a variance report, in units and in money where costs are kept", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        const history = yield* History
        yield* run(at, { _tag: "SetCosting", item, method: "fifo" })
        yield* run(at, {
          _tag: "Receive",
          lines: [
            { item, quantity: 10, unitCost: "2.50" },
            { item: second, quantity: 4 }
          ]
        })
        yield* run(at, { _tag: "StartCount", reference: "N", items: [{ item }, { item: second }] })
        assert.isNull(yield* history.variance(at.organization, { reference: "N" }))
        yield* record(at, 7)
        yield* record(at, 5, { item: second })
        yield* run(at, { _tag: "PostCount", count: { reference: "N" } })
        const variance = yield* history.variance(at.organization, { reference: "N" })
        assert.deepStrictEqual(
          variance?.lines.map((line) => [line.item, line.difference, line.value]),
          [
            [item, -3, "-7.50"],
            [second, 1, null]
          ]
        )
        assert.deepInclude(variance, {
          counted: 2,
          uncounted: 0,
          matched: 0,
          surplus: 1,
          shortage: -3,
          net: -2,
          surplusValue: "0.00",
          shortageValue: "-7.50",
          accuracy: 0
        })
        const stranger = yield* scenario
        assert.isNull(yield* history.variance(stranger.organization, { reference: "N" }))
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are posted once, however many ask at once", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        yield* run(at, { _tag: "StartCount", reference: "N", items: [{ item }] })
        yield* record(at, 8)
        const post = outcomeTag(run(at, { _tag: "PostCount", count: { reference: "N" } }))
        const tags = yield* Effect.all(
          Array.from({ length: 5 }, () => post),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.deepStrictEqual(yield* levels(at, item), [8, 0, 0])
      })
    )
  })
}
