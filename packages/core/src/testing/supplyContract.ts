import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import { UnitCost } from "../catalog/UnitCost.ts"
import type { DocumentId } from "../documents/Document.ts"
import { Arrivals } from "../ledger/Arrivals.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import type { Outcome } from "../stock/Outcome.ts"
import { Store } from "../store/Store.ts"
import { differences, levels, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What stores do with stock that is expected of suppliers, and on its way. */
export const supplyContract = (it: Register): void => {
  describe("supplies", () => {
    it.effect("are expected, come in by parts and are closed, and can be proved at every step", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        const lines = [
          { item, quantity: 10, unitCost: "2.50", expectedAt: 3000 },
          { item: other, quantity: 4, location: at.locations[1] }
        ] as const
        const made = yield* run(at, { _tag: "ExpectSupply", reference: "PO", lines, tolerance: { units: 1 } })
        const supply = { id: idOf(made) }
        assert.deepStrictEqual(yield* expecting(at), [10, 4])
        assert.deepStrictEqual(yield* levels(at, item), [0, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
        yield* run(at, { _tag: "ReceiveSupply", supply: { reference: "PO" }, lines: [{ line: 0, item, quantity: 11 }] })
        assert.deepStrictEqual(yield* expecting(at), [0, 4])
        assert.deepStrictEqual(yield* levels(at, item), [11, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
        const over = run(at, { _tag: "ReceiveSupply", supply, lines: [{ line: 0, item, quantity: 1 }] })
        assert.strictEqual(yield* outcomeTag(over), "OverReceipt")
        const closed = yield* run(at, { _tag: "CloseSupply", supply })
        assert.deepStrictEqual(yield* expecting(at), [0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
        const queries = yield* StockQueries
        assert.deepStrictEqual(yield* queries.document(at.organization, supply), closed.documents[0])
        const [movement] = yield* queries.movements(
          { organization: at.organization, reference: "PO" },
          { limit: 10, order: "oldest" }
        )
        assert.deepStrictEqual(movement?.details, { document: supply.id, unitCost: UnitCost.make("2.50") })
      })
    )

    it.effect("name suppliers of their organization that are not deleted", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const stranger = yield* scenario
        const catalog = yield* Catalog
        const name = { name: "Acme" }
        const supplier = yield* catalog.createPartner(at.organization, { kind: "supplier", ...name })
        const customer = yield* catalog.createPartner(at.organization, { kind: "customer", ...name })
        const expectOf = (from: Scenario, id: number) =>
          outcomeTag(run(from, { _tag: "ExpectSupply", supplier: id, lines: [{ item: from.items[0], quantity: 1 }] }))
        assert.strictEqual(yield* expectOf(at, supplier.id), "Success")
        assert.strictEqual(yield* expectOf(at, customer.id), "UnknownSupplier")
        assert.strictEqual(yield* expectOf(stranger, supplier.id), "UnknownSupplier")
        yield* catalog.removePartner(at.organization, supplier.id)
        assert.strictEqual(yield* expectOf(at, supplier.id), "UnknownSupplier")
      })
    )

    it.effect("come in no more often than expected, however many say so at once", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        yield* run(at, { _tag: "ExpectSupply", reference: "PO", lines: [{ item, quantity: 5 }] })
        const supply = { reference: "PO" }
        const tags = yield* Effect.all(
          Array.from({ length: 12 }, () =>
            outcomeTag(run(at, { _tag: "ReceiveSupply", supply, lines: [{ line: 0, item, quantity: 1 }] }))
          ),
          { concurrency: 12 }
        )
        assert.lengthOf(
          tags.filter((tag) => tag === "Success"),
          5
        )
        assert.lengthOf(
          tags.filter((tag) => tag === "OverReceipt"),
          7
        )
        assert.deepStrictEqual(yield* levels(at, item), [5, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("know a batch that was never there, and bring units known by their serials", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        const catalog = yield* Catalog
        const batch = yield* catalog.createBatch(at.organization, item, { name: "Lot 1" })
        const first = [{ item, quantity: 2, batch: batch?.id ?? 0 }] as const
        yield* run(at, { _tag: "ExpectSupply", reference: "lot", lines: first })
        yield* run(at, { _tag: "ReceiveSupply", supply: { reference: "lot" } })
        yield* run(at, { _tag: "TrackSerials", item: other, tracked: true })
        yield* run(at, { _tag: "ExpectSupply", reference: "units", lines: [{ item: other, quantity: 3 }] })
        const receive = (...serials: ReadonlyArray<string>) =>
          run(at, {
            _tag: "ReceiveSupply",
            supply: { reference: "units" },
            lines: [{ line: 0, item: other, quantity: serials.length, serials }]
          })
        yield* receive("a", "b")
        assert.strictEqual(yield* outcomeTag(receive("b")), "DuplicateSerial")
        const unnamed = run(at, { _tag: "ReceiveSupply", supply: { reference: "units" } })
        assert.strictEqual(yield* outcomeTag(unnamed), "SerialsRequired")
        assert.deepStrictEqual(yield* levels(at, other), [2, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("arrive, as transfers do, where and when they are said to, and can be promised by then", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const [here, there] = at.locations
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 10 }] })
        const lines = [
          { item, quantity: 6, expectedAt: 3000 },
          { item, quantity: 7, location: there }
        ] as const
        yield* run(at, { _tag: "ExpectSupply", reference: "PO", lines })
        const transfer = [{ item, quantity: 4 }] as const
        yield* run(at, { _tag: "RequestTransfer", reference: "T", from: here, to: there, lines: transfer, dueAt: 2000 })
        yield* run(at, { _tag: "DispatchTransfer", transfer: { reference: "T" }, lines: [{ item, quantity: 1 }] })
        yield* run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }] })
        const arrivals = yield* Arrivals
        const summary = (found: Effect.Success<ReturnType<typeof arrivals.list>>) =>
          found.map(({ reference, location, quantity, inTransit, dueAt }) => [
            reference,
            location,
            quantity,
            inTransit,
            dueAt
          ])
        assert.deepStrictEqual(summary(yield* arrivals.list({ organization, item })), [
          ["T", there, 4, 1, 2000],
          ["PO", here, 6, 0, 3000],
          ["PO", there, 7, 0, null]
        ])
        assert.deepStrictEqual(summary(yield* arrivals.list({ organization, location: here })), [
          ["PO", here, 6, 0, 3000]
        ])
        assert.deepStrictEqual(yield* arrivals.list({ organization, item: at.items[1] }), [])
        const promise = (location: (typeof at.locations)[number] | undefined, instant: number) =>
          Effect.map(arrivals.availableToPromise(organization, { item, location }, instant), (found) => found?.units)
        assert.deepStrictEqual(
          yield* Effect.all([promise(undefined, 1999), promise(undefined, 2000), promise(undefined, 1e13)]),
          [5, 9, 15]
        )
        assert.deepStrictEqual(yield* Effect.all([promise(there, 1e13), promise(here, 1e13)]), [4, 11])
        const stranger = yield* scenario
        assert.isNull(yield* arrivals.availableToPromise(stranger.organization, { item }, 0))
        assert.deepStrictEqual(yield* arrivals.list({ organization: stranger.organization }), [])
      })
    )
  })
}

const idOf = ({ documents: [document] }: Outcome): DocumentId => {
  if (document === undefined) throw new Error("No document in the outcome")
  return document.id
}

/** Units that each item expects. */
const expecting = Effect.fnUntraced(function* (at: Scenario) {
  const { ledger } = yield* Store
  return yield* Effect.forEach(at.items, (item: ItemId) =>
    Effect.map(ledger.item(at.organization, item), (found) => found?.stock.details?.expected ?? 0)
  )
})
