import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { DocumentId } from "../documents/Document.ts"
import type { Transfer } from "../documents/Transfer.ts"
import type { DocumentFilter } from "../ledger/LedgerDriver.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import type { Outcome } from "../stock/Outcome.ts"
import { differences, levels, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What stores do with stock on its way from one location to another. */
export const transferContract = (it: Register): void => {
  describe("transfers", () => {
    it.effect("go from request through transit to the destination, and can be proved at every step", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const [item, other] = at.items
        const [from, to] = at.locations
        const lines = [
          { item, quantity: 4 },
          { item: other, quantity: 2 }
        ] as const
        const requested = yield* run(at, { _tag: "RequestTransfer", reference: "T", from, to, lines, note: "shop" })
        const transfer = { id: idOf(requested) }
        assert.deepStrictEqual(yield* levels(at, item), [6, 0, 4])
        assert.deepStrictEqual(yield* differences(at), [])
        yield* run(at, { _tag: "DispatchTransfer", transfer: { reference: "T" } })
        assert.deepStrictEqual(yield* where(at, item), [
          [from, 6, 0],
          [transitOf(requested), 0, 4]
        ])
        assert.deepStrictEqual(yield* differences(at), [])
        const part = { _tag: "ReceiveTransfer", transfer, lines: [{ item, quantity: 1 }] } as const
        yield* run(at, { ...part, lost: [{ item, quantity: 1 }], found: [{ item: other, quantity: 3 }] })
        assert.deepStrictEqual(yield* differences(at), [])
        const closed = yield* run(at, { _tag: "ReceiveTransfer", transfer })
        assert.deepStrictEqual(yield* where(at, item), [
          [from, 6, 0],
          [to, 3, 0]
        ])
        assert.deepStrictEqual(yield* levels(at, other), [13, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
        const queries = yield* StockQueries
        const stored = yield* queries.document(at.organization, { kind: "transfer", reference: "T" })
        assert.deepStrictEqual(stored, closed.documents[0])
        assert.strictEqual(stored?.status, "completed")
        assert.strictEqual(stored?.note, "shop")
        const movements = yield* queries.movements(
          { organization: at.organization, reference: "T" },
          { limit: 100, order: "oldest" }
        )
        assert.isTrue(movements.every(({ details }) => details?.document === transfer.id))
        assert.lengthOf(movements, 9)
      })
    )

    it.effect("are cancelled at every point, and everything is back where it belongs", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const [item] = at.items
        const [from, to] = at.locations
        const request = { _tag: "RequestTransfer", from, to, lines: [{ item, quantity: 4 }] } as const
        const pending = { id: idOf(yield* run(at, request)) }
        yield* run(at, { _tag: "CancelTransfer", transfer: pending, pendingOnly: true })
        assert.deepStrictEqual(yield* where(at, item), [[from, 10, 0]])
        const leaving = { id: idOf(yield* run(at, request)) }
        yield* run(at, { _tag: "DispatchTransfer", transfer: leaving, lines: [{ item, quantity: 3 }] })
        yield* run(at, { _tag: "ReceiveTransfer", transfer: leaving, lines: [{ item, quantity: 1 }] })
        yield* run(at, { _tag: "CancelTransfer", transfer: leaving })
        assert.deepStrictEqual(yield* where(at, item), [
          [from, 9, 0],
          [to, 1, 0]
        ])
        assert.deepStrictEqual(yield* differences(at), [])
        for (const _tag of ["CancelTransfer", "DispatchTransfer", "CompleteTransfer"] as const) {
          assert.strictEqual(yield* outcomeTag(run(at, { _tag, transfer: leaving })), "TransferClosed")
        }
        const stranger = yield* scenario
        const theirs = run(stranger, { _tag: "CancelTransfer", transfer: leaving })
        assert.strictEqual(yield* outcomeTag(theirs), "UnknownTransfer")
      })
    )

    it.effect("are the same for the same reference and request, and a conflict for another", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const [item] = at.items
        const [from, to] = at.locations
        const request = (quantity: number) =>
          run(at, { _tag: "RequestTransfer", reference: "T", from, to, lines: [{ item, quantity }] })
        const answers = yield* Effect.all(
          Array.from({ length: 8 }, () => request(2)),
          { concurrency: 8 }
        )
        assert.lengthOf(new Set(answers.map(idOf)), 1)
        assert.lengthOf(
          answers.filter(({ replayed }) => !replayed),
          1
        )
        assert.strictEqual(yield* outcomeTag(request(3)), "ReferenceConflict")
        assert.deepStrictEqual(yield* levels(at, item), [8, 0, 2])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("take no more than there is, nor arrive twice, however many ask at once", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const [item] = at.items
        const [from, to] = at.locations
        const asked = yield* Effect.all(
          Array.from({ length: 15 }, () =>
            outcomeTag(run(at, { _tag: "RequestTransfer", from, to, lines: [{ item, quantity: 1 }] }))
          ),
          { concurrency: 15 }
        )
        assert.lengthOf(
          asked.filter((tag) => tag === "Success"),
          10
        )
        assert.lengthOf(
          asked.filter((tag) => tag === "InsufficientStock"),
          5
        )
        const queries = yield* StockQueries
        const filter = { organization: at.organization, kind: "transfer", status: "pending" } as const
        const [first] = yield* queries.documents(filter, { limit: 1, order: "oldest" })
        const transfer = { id: first?.id ?? 0 }
        const done = yield* Effect.all(
          Array.from({ length: 6 }, () => outcomeTag(run(at, { _tag: "CompleteTransfer", transfer }))),
          { concurrency: 6 }
        )
        assert.lengthOf(
          done.filter((tag) => tag === "Success"),
          1
        )
        assert.deepStrictEqual(yield* where(at, item), [
          [from, 0, 9],
          [to, 1, 0]
        ])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are listed by place, status, time and words, page by page with a total", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const { organization } = at
        const [item] = at.items
        const [here, there] = at.locations
        const request = (from: number, to: number, words: { readonly label?: string; readonly note?: string }) =>
          run(at, { _tag: "RequestTransfer", from, to, lines: [{ item, quantity: 1 }], ...words })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3, location: there }] })
        const first = transferOf(yield* request(here, there, { label: "Spring 100%" }))
        const second = transferOf(yield* request(here, there, { note: "for the spring_sale" }))
        const third = transferOf(yield* request(there, here, {}))
        yield* run(at, { _tag: "DispatchTransfer", transfer: { id: second.id } })
        yield* run(at, { _tag: "CancelTransfer", transfer: { id: third.id } })
        const queries = yield* StockQueries
        const page = { limit: 10, order: "oldest" } as const
        const found = (filter: Omit<DocumentFilter, "organization">) =>
          Effect.gen(function* () {
            const rows = yield* queries.documents({ organization, ...filter }, page)
            assert.strictEqual(yield* queries.countDocuments({ organization, ...filter }), rows.length)
            return rows.map(({ id }) => id)
          })
        const kind = "transfer"
        assert.deepStrictEqual(yield* found({ kind }), [first.id, second.id, third.id])
        assert.deepStrictEqual(yield* found({ kind, from: here }), [first.id, second.id])
        assert.deepStrictEqual(yield* found({ kind, to: here, from: there }), [third.id])
        assert.deepStrictEqual(yield* found({ status: "inTransit" }), [second.id])
        assert.deepStrictEqual(yield* found({ status: ["pending", "cancelled"] }), [first.id, third.id])
        assert.deepStrictEqual(yield* found({ status: [] }), [])
        assert.deepStrictEqual(yield* found({ search: "SPRING" }), [first.id, second.id])
        assert.deepStrictEqual(yield* found({ search: "100%" }), [first.id])
        assert.deepStrictEqual(yield* found({ search: "spring_" }), [second.id])
        assert.deepStrictEqual(yield* found({ createdFrom: third.createdAt + 1 }), [])
        assert.deepStrictEqual(yield* found({ createdUntil: third.createdAt + 1, item }), [
          first.id,
          second.id,
          third.id
        ])
        const last = yield* queries.documents({ organization, kind }, { limit: 2, order: "newest", offset: 1 })
        assert.deepStrictEqual(
          last.map(({ id }) => id),
          [second.id, first.id]
        )
        const wrong = yield* Effect.flip(queries.documents({ organization }, { ...page, offset: -1 }))
        assert.strictEqual(wrong._tag, "InvalidInput")
      })
    )

    it.effect("carry units known by their serials, those named or those the transfer keeps", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const [from, to] = at.locations
        const line = (...serials: ReadonlyArray<string>) => ({ item, quantity: serials.length, serials })
        yield* run(at, { _tag: "TrackSerials", item, tracked: true })
        yield* run(at, { _tag: "Receive", lines: [line("a", "b", "c", "d")] })
        yield* run(at, { _tag: "RequestTransfer", reference: "T", from, to, lines: [line("b", "c", "d")] })
        const transfer = { reference: "T" }
        yield* run(at, { _tag: "DispatchTransfer", transfer, lines: [line("d")] })
        yield* run(at, { _tag: "DispatchTransfer", transfer })
        yield* run(at, { _tag: "ReceiveTransfer", transfer, lines: [line("c")], lost: [line("b")], found: [line("e")] })
        yield* run(at, { _tag: "CancelTransfer", transfer })
        const queries = yield* StockQueries
        const places = yield* Effect.forEach(["a", "b", "c", "d", "e"], (serial) =>
          Effect.map(queries.serial(at.organization, item, serial), (found) => found?.place?.location ?? null)
        )
        assert.deepStrictEqual(places, [from, null, to, from, to])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("know whether their destination is open, though nothing of theirs is there yet", () =>
      Effect.gen(function* () {
        const at = yield* stocked
        const [item] = at.items
        const catalog = yield* Catalog
        const { id: shop } = yield* catalog.createLocation(at.organization, { name: "Shop" })
        const request = {
          _tag: "RequestTransfer",
          from: at.locations[0],
          to: shop,
          lines: [{ item, quantity: 1 }]
        } as const
        const transfer = { id: idOf(yield* run(at, request)) }
        yield* catalog.updateLocation(at.organization, shop, { active: false })
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "CompleteTransfer", transfer })), "InactiveLocation")
        yield* catalog.updateLocation(at.organization, shop, { active: true })
        assert.strictEqual(yield* outcomeTag(run(at, { _tag: "CompleteTransfer", transfer })), "Success")
        assert.deepStrictEqual(yield* where(at, item), [
          [at.locations[0], 9, 0],
          [shop, 1, 0]
        ])
      })
    )
  })
}

/** 10 of each item at the first location. */
const stocked = Effect.gen(function* () {
  const at = yield* scenario
  const [item, other] = at.items
  yield* run(at, {
    _tag: "Receive",
    lines: [
      { item, quantity: 10 },
      { item: other, quantity: 10 }
    ]
  })
  return at
})

const transferOf = ({ documents: [document] }: Outcome): Transfer => {
  if (document?.kind !== "transfer") throw new Error("No transfer in the outcome")
  return document
}

const idOf = (outcome: Outcome): DocumentId => transferOf(outcome).id

const transitOf = (outcome: Outcome) => transferOf(outcome).transit

/** Locations that have some of an item, each with its available and committed units. */
const where = (at: Scenario, item: Scenario["items"][number]) =>
  StockQueries.use((queries) => queries.stock(at.organization, item)).pipe(
    Effect.map((stock) =>
      (stock?.byLocation ?? [])
        .filter(({ available, committed }) => available + committed > 0)
        .map(({ location, available, committed }) => [location, available, committed])
        .toSorted(([a = 0], [b = 0]) => a - b)
    )
  )
