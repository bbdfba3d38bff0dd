import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { sumFlows } from "../ledger/flows.ts"
import { History } from "../ledger/History.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Receives, moves out and comes back, over several instants; the instant of each step. */
const played = Effect.fnUntraced(function* (at: Scenario) {
  const [item, second] = at.items
  const [here, there] = at.locations
  const instants: Array<number> = []
  const step = Effect.fnUntraced(function* (command: Parameters<typeof run>[1]) {
    const { movements } = yield* run(at, command)
    instants.push(movements.at(-1)?.at ?? 0)
    yield* Effect.sleep(4)
    return movements
  })
  yield* step({ _tag: "Receive", lines: [{ item, quantity: 10 }] })
  yield* step({
    _tag: "Receive",
    lines: [
      { item, quantity: 5, location: there },
      { item: second, quantity: 1 }
    ]
  })
  yield* step({ _tag: "Reserve", reference: "order", lines: [{ item, quantity: 4, location: here }] })
  yield* step({ _tag: "Fulfil", hold: { reference: "order" } })
  const sold = yield* step({ _tag: "Issue", lines: [{ item, quantity: 3, location: there }] })
  const movement = sold[0]?.id ?? 0
  yield* step({ _tag: "Return", disposition: "quarantine", lines: [{ movement, quantity: 1 }] })
  return instants
})

const everything = { from: 0, until: Number.MAX_SAFE_INTEGER }

/** What was: as-of balances, statements, statistics, business dates. */
export const pastContract = (it: Register): void => {
  describe("the past", () => {
    it.effect("of a whole organization is told item by item, from what the last movements left", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        const [here, there] = at.locations
        const history = yield* History
        const instants = yield* played(at)
        const totals = (instant: number) =>
          Effect.map(history.totalsAsOf(at.organization, instant, { limit: 100 }), ({ rows }) =>
            rows.map((row) => [row.item, row.available, row.onHand])
          )
        const [first = 0, , third = 0, , , last = 0] = instants
        assert.deepStrictEqual(yield* totals(first - 1), [])
        assert.deepStrictEqual(yield* totals(first), [[item, 10, 10]])
        assert.deepStrictEqual(yield* totals(third), [
          [item, 11, 15],
          [second, 1, 1]
        ])
        assert.deepStrictEqual(yield* totals(last + 1000), [
          [item, 8, 9],
          [second, 1, 1]
        ])
        const leaves = (instant: number, more: object = {}) =>
          Effect.map(history.leavesAsOf(at.organization, instant, { limit: 100, ...more }), ({ rows }) =>
            rows.map((row) => [row.item, row.location, row.available, row.reserved, row.quarantined])
          )
        assert.deepStrictEqual(yield* leaves(third), [
          [item, here, 6, 4, 0],
          [item, there, 5, 0, 0],
          [second, here, 1, 0, 0]
        ])
        assert.deepStrictEqual(yield* leaves(last, { location: there }), [[item, there, 2, 0, 1]])
        const page = yield* history.totalsAsOf(at.organization, last, { limit: 1 })
        assert.deepStrictEqual([page.rows.map((row) => row.item), page.next], [[item], item])
        const next = yield* history.totalsAsOf(at.organization, last, { limit: 1, after: item })
        assert.deepStrictEqual(
          next.rows.map((row) => row.item),
          [second]
        )
        const stranger = yield* scenario
        assert.deepStrictEqual((yield* history.leavesAsOf(stranger.organization, last, { limit: 10 })).rows, [])
      })
    )

    it.effect("has statements whose opening and movements always make the closing", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const history = yield* History
        const instants = yield* played(at)
        const bounds = [0, ...instants, (instants.at(-1) ?? 0) + 1]
        for (const from of bounds) {
          for (const until of bounds.filter((bound) => bound >= from)) {
            let after: number | undefined
            let running: number | undefined
            for (let pages = 0; pages < 10; pages++) {
              const page = { limit: 2, ...(after === undefined ? {} : { after }) }
              const statement = yield* history.statement(at.organization, item, { from, until }, page)
              running ??= statement.opening.onHand
              for (const movement of statement.movements) {
                assert.isTrue(movement.at >= from && movement.at < until)
                if (typeof movement.from === "string") running += movement.quantity
                if (typeof movement.to === "string") running -= movement.quantity
                assert.strictEqual(movement.onHandAfter, running)
              }
              if (statement.next === null) {
                assert.strictEqual(statement.closing.onHand, running)
                break
              }
              after = statement.next
            }
          }
        }
      })
    )

    it.effect("has flows by account and cause, of an item, a location or a whole organization", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const [, there] = at.locations
        const history = yield* History
        yield* played(at)
        const queries = yield* StockQueries
        for (const filter of [{ organization }, { organization, item }, { organization, location: there }]) {
          const movements = yield* queries.movements(filter, { limit: 100, order: "oldest" })
          assert.deepStrictEqual(yield* history.flows(filter), sumFlows(movements))
        }
        const { in: units, out, sold, closing } = yield* history.statistics(organization, item, everything)
        assert.deepStrictEqual([units, out, sold, closing], [16, 7, 6, { available: 8, onHand: 9 }])
      })
    )

    it.effect("keeps business dates beside when things were recorded", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const receive = (quantity: number, effectiveAt?: number) =>
          run(at, {
            _tag: "Receive",
            lines: [{ item, quantity }],
            ...(effectiveAt === undefined ? {} : { effectiveAt })
          })
        const { movements } = yield* receive(1)
        const now = movements[0]?.at ?? 0
        yield* Effect.sleep(3)
        const week = 7 * 86_400_000
        yield* receive(2, now - week)
        const queries = yield* StockQueries
        const quantities = (filter: object) =>
          Effect.map(queries.movements({ organization, item, ...filter }, { limit: 10, order: "oldest" }), (rows) =>
            rows.map((row) => row.quantity)
          )
        assert.deepStrictEqual(yield* quantities({ effectiveUntil: now }), [2])
        assert.deepStrictEqual(yield* quantities({ effectiveFrom: now - week, effectiveUntil: now - week + 1 }), [2])
        assert.deepStrictEqual(yield* quantities({ effectiveFrom: now - week + 1 }), [1])
        assert.strictEqual(yield* queries.countMovements({ organization, effectiveUntil: now }), 1)
        const before = yield* queries.balanceAsOf(organization, item, now - week)
        assert.deepStrictEqual(before, [])
        assert.strictEqual(yield* outcomeTag(receive(1, now + week)), "EffectiveInFuture")
        assert.strictEqual(yield* outcomeTag(receive(1, -1)), "InvalidInput")
      })
    )

    it.effect("is asked for by fields that make sense", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const history = yield* History
        const refused = [
          outcomeTag(history.totalsAsOf(at.organization, 1, { limit: 0 })),
          outcomeTag(history.totalsAsOf(at.organization, -1, { limit: 1 })),
          outcomeTag(history.leavesAsOf(at.organization, 1.5, { limit: 1 })),
          outcomeTag(history.statement(at.organization, item, { from: 2, until: 1 }, { limit: 1 })),
          outcomeTag(history.statement(at.organization, item, everything, { limit: 1001 })),
          outcomeTag(history.statistics(at.organization, item, { from: Number.NaN, until: 1 }))
        ]
        for (const each of refused) assert.strictEqual(yield* each, "InvalidInput")
      })
    )
  })
}
