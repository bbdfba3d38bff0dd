import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Reasons } from "../catalog/Reasons.ts"
import { reversalReference } from "../documents/Reversal.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Subscriptions } from "../ledger/Subscriptions.ts"
import { differences, type Input, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const receive = (at: Scenario, quantity: number, place: object = {}) =>
  run(at, { _tag: "Receive", lines: [{ item: at.items[0], quantity, ...place }] })
const issue = (at: Scenario, quantity: number) =>
  Effect.map(
    run(at, { _tag: "Issue", lines: [{ item: at.items[0], quantity }] }),
    ({ movements }) => movements[0]?.id ?? 0
  )
const back = (movement: number, quantity: number): Input => ({
  _tag: "Return",
  disposition: "restock",
  lines: [{ movement, quantity }]
})

/** Quarantine, write-offs, returns, reversals and their reasons. */
export const adjustingContract = (it: Register): void => {
  describe("quarantine and write-off", () => {
    it.effect("keep stock on hand and out of sale, and then off the books", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const queries = yield* StockQueries
        yield* receive(at, 5)
        yield* run(at, { _tag: "Quarantine", reason: "damage", lines: [{ item, quantity: 3 }] })
        yield* run(at, { _tag: "Restore", lines: [{ item, quantity: 1 }] })
        yield* run(at, { _tag: "WriteOff", reason: "damage", from: "quarantined", lines: [{ item, quantity: 1 }] })
        const stock = yield* queries.stock(at.organization, item)
        assert.deepInclude(stock?.total, { available: 3, quarantined: 1 })
        const tooMuch = run(at, { _tag: "Restore", lines: [{ item, quantity: 2 }] })
        assert.deepInclude(yield* Effect.flip(tooMuch), {
          _tag: "InsufficientQuarantine",
          quarantined: 1,
          requested: 2
        })
        yield* run(at, { _tag: "WriteOffAll", reason: "expiry", item })
        const after = yield* queries.stock(at.organization, item)
        assert.deepStrictEqual(after?.total, { available: 0, reserved: 0, committed: 0, quarantined: 0 })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of all names the open holds that are in the way", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, second] = at.items
        yield* receive(at, 9)
        yield* run(at, { _tag: "Receive", lines: [{ item: second, quantity: 1 }] })
        const reserve = (reference: string, of = item) =>
          Effect.map(
            run(at, { _tag: "Reserve", reference, lines: [{ item: of, quantity: 1 }] }),
            ({ holds }) => holds[0]?.id ?? 0
          )
        const first = yield* reserve("first")
        yield* reserve("done")
        yield* run(at, { _tag: "Fulfil", hold: { reference: "done" } })
        const firm = yield* reserve("firm")
        yield* run(at, { _tag: "Commit", hold: { reference: "firm" } })
        yield* reserve("other", second)
        const refused = yield* Effect.flip(run(at, { _tag: "WriteOffAll", reason: "other", item }))
        assert.deepInclude(refused, { _tag: "StockHeld", reserved: 1, committed: 1, holds: [firm, first] })
      })
    )

    it.effect("give a reason that is known: built in, or the organization's own", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const stranger = yield* scenario
        const [item] = at.items
        const reasons = yield* Reasons
        yield* receive(at, 5)
        const writeOff = run(at, {
          _tag: "WriteOff",
          reason: "flood",
          from: "available",
          lines: [{ item, quantity: 1 }]
        })
        yield* reasons.put(stranger.organization, { code: "flood", name: "Flood" })
        assert.strictEqual(yield* outcomeTag(writeOff), "UnknownReason")
        yield* reasons.put(at.organization, { code: "flood", name: "Flood" })
        yield* reasons.put(at.organization, { code: "flood", name: "Flood of 2026" })
        yield* reasons.put(at.organization, { code: "flood", name: "Flood of 2026" })
        assert.strictEqual((yield* writeOff).movements[0]?.reason, "flood")
        const own = (yield* reasons.list(at.organization)).filter(({ builtIn }) => !builtIn)
        assert.deepStrictEqual(own, [{ code: "flood", name: "Flood of 2026", builtIn: false }])
        const builtIn = yield* Effect.flip(reasons.put(at.organization, { code: "damage", name: "Mine" }))
        assert.strictEqual(builtIn._tag, "InvalidInput")
        assert.isTrue(yield* reasons.remove(at.organization, "flood"))
        assert.isFalse(yield* reasons.remove(at.organization, "flood"))
        assert.strictEqual(yield* outcomeTag(writeOff), "UnknownReason")
        const told = yield* Effect.repeat(
          Effect.andThen(
            Effect.sleep(2),
            Effect.flatMap(Subscriptions, (subscriptions) =>
              Effect.map(subscriptions.read(at.organization, "", 1000), ({ changes }) =>
                changes.flatMap((change) =>
                  change._tag === "Event" && change.event.event._tag === "ReasonChanged" ? [change.event.event] : []
                )
              )
            )
          ),
          { until: (found) => found.length >= 3 }
        ).pipe(Effect.timeout("20 seconds"))
        assert.deepStrictEqual(
          told.map(({ name, before }) => [name, before]),
          [
            ["Flood", null],
            ["Flood of 2026", "Flood"],
            [null, "Flood of 2026"]
          ]
        )
      })
    )
  })

  describe("returns", () => {
    it.effect("bring back no more than went out, however many ask at once (Blnk #315: a double refund)", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        yield* receive(at, 9)
        const movement = yield* issue(at, 4)
        const tags = yield* Effect.all(
          Array.from({ length: 12 }, () => outcomeTag(run(at, back(movement, 1)))),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 4)
        assert.strictEqual(tags.filter((tag) => tag === "ReturnExceedsSold").length, 8)
        const queries = yield* StockQueries
        const reference = reversalReference(movement)
        const reversal = yield* queries.document(at.organization, { kind: "reversal", reference })
        assert.deepInclude(reversal, { kind: "reversal", movement, quantity: 4, returned: 4, status: "complete" })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("keep the batch, go where they are told, and name the movement they come back of", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [, other] = at.locations
        yield* receive(at, 5)
        const movement = yield* issue(at, 5)
        const { movements } = yield* run(at, {
          _tag: "Return",
          disposition: "scrap",
          lines: [{ movement, quantity: 2, location: other }]
        })
        assert.deepStrictEqual(
          movements.map(({ from, to, quantity, details, reason }) => ({ from, to, quantity, details, reason })),
          [
            {
              from: "customer",
              to: { state: "quarantined", location: other, variation: null, batch: null },
              quantity: 2,
              details: { returns: movement },
              reason: "return"
            },
            {
              from: { state: "quarantined", location: other, variation: null, batch: null },
              to: "loss",
              quantity: 2,
              details: null,
              reason: "return"
            }
          ]
        )
      })
    )

    it.effect("are no other organization's, by any id", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const stranger = yield* scenario
        yield* receive(at, 5)
        const movement = yield* issue(at, 2)
        assert.strictEqual(yield* outcomeTag(run(stranger, back(movement, 1))), "UnknownMovement")
        assert.strictEqual(yield* outcomeTag(run(stranger, { _tag: "Reverse", movement })), "UnknownMovement")
      })
    )

    it.effect("are of the units that were sold, where those are known one by one", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "TrackSerials", item, tracked: true })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3, serials: ["A", "B", "C"] }] })
        const sold = yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 2, serials: ["A", "B"] }] })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, serials: ["C"] }] })
        const movement = sold.movements[0]?.id ?? 0
        const returned = (serials: ReadonlyArray<string>, disposition: "restock" | "scrap" = "restock") =>
          run(at, { _tag: "Return", disposition, lines: [{ movement, quantity: serials.length, serials }] })
        assert.strictEqual(yield* outcomeTag(returned(["C"])), "SerialNotThere")
        const back = yield* returned(["B"])
        assert.strictEqual(yield* outcomeTag(returned(["B"])), "DuplicateSerial")
        yield* returned(["A"], "scrap")
        const queries = yield* StockQueries
        const place = (serial: string) =>
          Effect.map(queries.serial(at.organization, item, serial), (found) => found?.place?.state ?? "out")
        assert.deepStrictEqual([yield* place("A"), yield* place("B")], ["out", "available"])
        yield* run(at, { _tag: "Quarantine", reason: "damage", lines: [{ item, quantity: 1, serials: ["B"] }] })
        const elsewhere = run(at, { _tag: "Reverse", movement: back.movements[0]?.id ?? 0 })
        assert.strictEqual(yield* outcomeTag(elsewhere), "InsufficientStock")
        yield* run(at, { _tag: "Restore", lines: [{ item, quantity: 1, serials: ["B"] }] })
        yield* run(at, { _tag: "Reverse", movement: back.movements[0]?.id ?? 0 })
        assert.strictEqual(yield* place("B"), "out")
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("cost what the units cost when they went out", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "SetCosting", item, method: "fifo" })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, unitCost: "3.00" }] })
        const movement = yield* issue(at, 2)
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 2, unitCost: "5.00" }] })
        const { movements } = yield* run(at, back(movement, 1))
        assert.deepInclude(movements[0]?.details, { returns: movement, cost: "3.00" })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are done once for one key", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        yield* receive(at, 5)
        const movement = yield* issue(at, 2)
        const first = yield* run(at, back(movement, 1), { idempotencyKey: "r-1" })
        const again = yield* run(at, back(movement, 1), { idempotencyKey: "r-1" })
        assert.deepStrictEqual(again, { ...first, replayed: true })
        assert.strictEqual(yield* outcomeTag(run(at, back(movement, 1))), "Success")
      })
    )
  })

  describe("reversal", () => {
    it.effect("is a new movement that names the one it takes back, once, however many ask", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        yield* receive(at, 5)
        const movement = yield* issue(at, 2)
        const tags = yield* Effect.all(
          Array.from({ length: 6 }, () => outcomeTag(run(at, { _tag: "Reverse", movement }))),
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual(tags.toSorted(), [...Array.from({ length: 5 }, () => "AlreadyReversed"), "Success"])
        const queries = yield* StockQueries
        const rows = yield* queries.movements({ organization: at.organization }, { order: "newest", limit: 2 })
        assert.deepInclude(rows[0], { from: "customer", quantity: 2, details: { corrects: movement } })
        assert.strictEqual(rows[1]?.id, movement)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of a return lets the units come back again", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        yield* receive(at, 5)
        const movement = yield* issue(at, 2)
        const { movements } = yield* run(at, back(movement, 2))
        yield* run(at, { _tag: "Reverse", movement: movements[0]?.id ?? 0 })
        assert.strictEqual(
          yield* outcomeTag(run(at, { _tag: "Reverse", movement: movements[0]?.id ?? 0 })),
          "AlreadyReversed"
        )
        yield* run(at, back(movement, 1))
        assert.strictEqual(yield* outcomeTag(run(at, back(movement, 2))), "ReturnExceedsSold")
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )
  })
}
