import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Store } from "../store/Store.ts"
import { differences, type Input, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What stores keep of units that are known one by one. */
export const serialContract = (it: Register): void => {
  describe("serials", () => {
    it.effect("are in one place or out, through all that happens to them", () =>
      Effect.gen(function* () {
        const at = yield* tracked
        const [item] = at.items
        const [here, there] = at.locations
        yield* run(at, receive(item, ["A", "B"], { location: here }))
        yield* run(at, receive(item, ["C"], { location: there }))
        assert.deepStrictEqual(yield* places(at, item, ["A", "B", "C"]), [
          `available@${here}`,
          `available@${here}`,
          `available@${there}`
        ])
        yield* run(at, {
          _tag: "Reserve",
          reference: "order",
          lines: [
            { item, quantity: 1, serials: ["C"] },
            { item, quantity: 1, serials: ["B"] }
          ]
        })
        yield* run(at, { _tag: "Commit", hold: { reference: "order" }, lines: [{ item, quantity: 1, serials: ["B"] }] })
        assert.deepStrictEqual(yield* places(at, item, ["A", "B", "C"]), [
          `available@${here}`,
          `committed@${here}`,
          `reserved@${there}`
        ])
        const { movements } = yield* run(at, {
          _tag: "Fulfil",
          hold: { reference: "order" },
          lines: [{ item, quantity: 1, serials: ["C"] }]
        })
        assert.deepStrictEqual(
          movements.map(({ details }) => details?.serials),
          [["C"]]
        )
        yield* run(at, { _tag: "Release", hold: { reference: "order" } })
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, serials: ["A"] }] })
        assert.deepStrictEqual(yield* places(at, item, ["A", "B", "C", "D"]), [
          "out",
          `available@${here}`,
          "out",
          "unknown"
        ])
        yield* run(at, { ...receive(item, ["C"]), from: "customer" })
        yield* run(at, { _tag: "Adjust", lines: [{ item, delta: -1, serials: ["B"] }] })
        assert.deepStrictEqual(yield* places(at, item, ["B", "C"]), ["out", `available@${here}`])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are given back when a hold expires or is released whole", () =>
      Effect.gen(function* () {
        const at = yield* tracked
        const [item] = at.items
        yield* run(at, receive(item, ["A", "B"]))
        const lines = [{ item, quantity: 2, serials: ["A", "B"] }] as const
        yield* run(at, { _tag: "Reserve", reference: "short", lines, expiresIn: 1 })
        yield* Effect.sleep(5)
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, serials: ["A"] }] })
        yield* run(at, { _tag: "Reserve", reference: "long", lines: [{ item, quantity: 1, serials: ["B"] }] })
        yield* run(at, { _tag: "Fulfil", hold: { reference: "long" } })
        assert.deepStrictEqual(yield* places(at, item, ["A", "B"]), ["out", "out"])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are refused when missing, doubled, strange or kept by another, and nothing is moved", () =>
      Effect.gen(function* () {
        const at = yield* tracked
        const [item, plain] = at.items
        const [, there] = at.locations
        yield* run(at, receive(item, ["A", "B"]))
        yield* run(at, receive(item, ["C"], { location: there }))
        yield* run(at, { _tag: "Reserve", reference: "order", lines: [{ item, quantity: 1, serials: ["B"] }] })
        const issue = (serials?: ReadonlyArray<string>, quantity = serials?.length ?? 1): Input => ({
          _tag: "Issue",
          lines: [{ item, quantity, ...(serials === undefined ? {} : { serials }) }]
        })
        const refused: ReadonlyArray<readonly [Input, string]> = [
          [issue(), "SerialsRequired"],
          [issue(["A"], 2), "SerialsRequired"],
          [issue(["B"]), "SerialNotThere"],
          [issue(["X"]), "SerialNotThere"],
          [issue(["A", "A"]), "InvalidInput"],
          [issue([""]), "InvalidInput"],
          [issue(["A", "C"], 1), "SerialNotThere"],
          [issue(["A", "X"]), "SerialNotThere"],
          [{ _tag: "Issue", lines: [{ item, quantity: 1, serials: ["A"], location: there }] }, "SerialNotThere"],
          [receive(item, ["A"]), "DuplicateSerial"],
          [receive(item, ["N"], {}, 2), "SerialsRequired"],
          [{ _tag: "Reserve", lines: [{ item, quantity: 1 }] }, "SerialsRequired"],
          [
            { _tag: "Fulfil", hold: { reference: "order" }, lines: [{ item, quantity: 1, serials: ["A"] }] },
            "SerialNotThere"
          ],
          [receive(plain, ["P"]), "NotSerialTracked"],
          [{ _tag: "TrackSerials", item, tracked: false }, "TrackingInUse"]
        ]
        // Units of one line may lie apart.
        yield* run(at, { _tag: "Reserve", reference: "apart", lines: [{ item, quantity: 2, serials: ["C", "A"] }] })
        yield* run(at, {
          _tag: "Release",
          hold: { reference: "apart" },
          lines: [{ item, quantity: 2, serials: ["A", "C"] }]
        })
        const before = yield* places(at, item, ["A", "B", "C"])
        for (const [command, tag] of refused) {
          assert.deepStrictEqual([command, yield* outcomeTag(run(at, command))], [command, tag])
        }
        assert.deepStrictEqual(yield* places(at, item, ["A", "B", "C"]), before)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are reserved once, however many try (Odoo #268942)", () =>
      Effect.gen(function* () {
        const at = yield* tracked
        const [item] = at.items
        yield* run(at, receive(item, ["A", "B", "C"]))
        const tags = yield* Effect.forEach(
          Array.from({ length: 12 }, (_, n) => n),
          (n) =>
            outcomeTag(
              run(at, { _tag: "Reserve", reference: `order-${n}`, lines: [{ item, quantity: 1, serials: ["B"] }] })
            ),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("of a batch that expires or is recalled go to quarantine with it, and are sold no more", () =>
      Effect.gen(function* () {
        const at = yield* tracked
        const [item] = at.items
        const [catalog, { ledger }] = yield* Effect.all([Catalog, Store])
        const made = yield* catalog.createBatch(at.organization, item, { name: "LOT" })
        if (made === null) return assert.fail("no batch")
        const batch = made.id
        yield* run(at, { _tag: "Receive", lines: [{ item, batch, quantity: 3, serials: ["A", "B", "C"] }] })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, serials: ["D"] }] })
        yield* run(at, { _tag: "Reserve", reference: "held", lines: [{ item, quantity: 1, serials: ["C"] }] })
        yield* catalog.updateBatch(at.organization, batch, { expiresAt: yield* ledger.now })
        const sale = run(at, { _tag: "Issue", lines: [{ item, quantity: 1, serials: ["A"] }] })
        assert.strictEqual(yield* outcomeTag(sale), "InsufficientStock")
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1, serials: ["D"] }] })
        const states = ["quarantined", "quarantined", "reserved", "out"]
        assert.deepStrictEqual(
          (yield* places(at, item, ["A", "B", "C", "D"])).map((place) => place.split("@")[0]),
          states
        )
        yield* run(at, { _tag: "Release", hold: { reference: "held" } })
        assert.strictEqual((yield* run(at, { _tag: "ExpireBatches", items: [item] })).movements.length, 0)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are tracked only from and to an empty stock", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "TrackSerials", item, tracked: true })), "TrackingInUse")
        yield* run(at, { _tag: "Issue", lines: [{ item, quantity: 1 }] })
        yield* run(at, { _tag: "TrackSerials", item, tracked: true })
        yield* run(at, { _tag: "TrackSerials", item, tracked: true })
        yield* run(at, { _tag: "TrackSerials", item, tracked: false })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] })
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )
  })
}

const receive = (
  item: ItemId,
  serials: ReadonlyArray<string>,
  place: { readonly location?: number } = {},
  quantity = serials.length
) => ({ _tag: "Receive", lines: [{ item, quantity, serials, ...place }] }) as const

const tracked = Effect.gen(function* () {
  const at = yield* scenario
  yield* run(at, { _tag: "TrackSerials", item: at.items[0], tracked: true })
  return at
})

const places = (at: Scenario, item: ItemId, serials: ReadonlyArray<string>) =>
  StockQueries.use((queries) =>
    Effect.forEach(serials, (serial) =>
      Effect.map(queries.serial(at.organization, item, serial), (found) =>
        found === null ? "unknown" : found.place === null ? "out" : `${found.place.state}@${found.place.location}`
      )
    )
  )
