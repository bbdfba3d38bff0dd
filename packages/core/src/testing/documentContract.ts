import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { type DocumentId, type DocumentOf, documentName } from "../documents/Document.ts"
import { type Footprint, footprintOf } from "../rules/Footprint.ts"
import { scopedName } from "../rules/State.ts"
import { HoldId } from "../stock/Hold.ts"
import { type Serial, serialName } from "../stock/Serial.ts"
import type { Changes, Loaded } from "../store/StockDriver.ts"
import { Store } from "../store/Store.ts"
import { run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** What stores do with documents and serials, whatever the rules make of them. */
export const documentContract = (it: Register): void => {
  describe("documents and serials", () => {
    it.effect("are written with all else, and found by id, by reference, by item and by name", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { ledger } = yield* Store
        const { organization } = at
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        const made = yield* write(at, backorder(at, "first", true), serial(at, "S-1", true))
        const second = yield* write(at, backorder(at, "second", false), serial(at, "S-2", false))

        assert.deepStrictEqual(yield* ledger.document(organization, { id: made.id }), made)
        assert.deepStrictEqual(yield* ledger.document(organization, { kind: "backorder", reference: "second" }), second)
        assert.isNull(yield* ledger.document(organization, { kind: "count", reference: "first" }))
        const page = { limit: 10, order: "newest" } as const
        assert.deepStrictEqual(yield* ledger.documents({ organization, kind: "backorder" }, page), [second, made])
        assert.deepStrictEqual(
          yield* ledger.documents({ organization, item }, { ...page, limit: 1, after: second.id }),
          [made]
        )
        assert.deepStrictEqual(yield* ledger.documents({ organization, item: at.items[1] }, page), [])
        assert.strictEqual(yield* ledger.countDocuments({ organization, status: "waiting" }), 2)
        assert.strictEqual(yield* ledger.countDocuments({ organization, status: "filled" }), 0)
        assert.deepStrictEqual(yield* ledger.serial(organization, item, "S-1"), serial(at, "S-1", true))
        assert.deepStrictEqual(yield* ledger.serial(organization, item, "S-2"), serial(at, "S-2", false))
        assert.isNull(yield* ledger.serial(organization, item, "S-3"))
        const everything = yield* ledger.everything(organization, item)
        assert.deepStrictEqual(everything?.documents, [made, second])
        assert.deepStrictEqual(everything?.serials.length, 2)
        const stranger = yield* scenario
        assert.isNull(yield* ledger.document(stranger.organization, { id: made.id }))
        assert.deepStrictEqual(yield* ledger.documents({ organization: stranger.organization }, page), [])
        assert.isNull(yield* ledger.serial(stranger.organization, item, "S-1"))
      })
    )

    it.effect("are loaded when named, with their items, and attached ones with their item", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        const attached = yield* write(at, backorder(at, "attached", true), serial(at, "S-1", true))
        const loose = yield* write(at, backorder(at, "loose", false), serial(at, "S-2", true))
        const ids = (loaded: Loaded) => loaded.documents.map(({ id }) => id).toSorted((a, b) => a - b)

        const byItem = yield* load({ ...nothing, items: scoped(organization, item) })
        assert.deepStrictEqual(ids(byItem), [attached.id])
        const byId = yield* load({ ...nothing, documents: scoped(organization, loose.id) })
        assert.deepStrictEqual(ids(byId), [attached.id, loose.id])
        assert.deepStrictEqual(
          byId.items.map((row) => row.item),
          [item]
        )
        const name = documentName(organization, "backorder", "loose")
        const reference = { organization, kind: "backorder", id: "loose" } as const
        const byReference = yield* load({ ...nothing, documentReferences: new Map([[name, reference]]) })
        assert.deepStrictEqual(ids(byReference), [attached.id, loose.id])
        const named = { organization, id: item, serial: "S-2" }
        const bySerial = yield* load({ ...nothing, serials: new Map([[serialName(item, "S-2"), named]]) })
        assert.deepStrictEqual(bySerial.serials, [serial(at, "S-2", true)])
        const strange = yield* scenario
        const foreign = yield* load({ ...nothing, documents: scoped(strange.organization, loose.id) })
        assert.isFalse(foreign.documents.some((document) => document.organization === strange.organization))
      })
    )
  })
}

const nothing: Footprint = footprintOf([])

const scoped = <Id extends number>(organization: Scenario["organization"], id: Id) =>
  new Map([[scopedName(organization, id), { organization, id }]])

const load = Effect.fnUntraced(function* (footprint: Footprint) {
  const { stock } = yield* Store
  const found: Array<Loaded> = []
  yield* stock.transact(footprint, (loaded) => {
    found.push(loaded)
    return null
  })
  const [loaded] = found
  return loaded ?? (yield* Effect.die("Nothing was loaded"))
})

type Backorder = DocumentOf<"backorder">

const backorder = (at: Scenario, reference: string, attached: boolean): Backorder => ({
  kind: "backorder",
  order: null,
  line: 0,
  id: 1 as DocumentId,
  organization: at.organization,
  reference,
  fingerprint: "f",
  status: "waiting",
  items: [at.items[0]],
  attached,
  dueAt: 5,
  createdAt: 1,
  updatedAt: 2,
  actor: null,
  note: 'a "note"',
  item: at.items[0],
  variation: null,
  batch: null,
  location: null,
  priority: 1,
  wanted: 4,
  waiting: 3,
  filled: 1,
  cancelled: 0,
  holds: [HoldId.make(9)]
})

const serial = (at: Scenario, name: string, here: boolean): Serial => ({
  organization: at.organization,
  item: at.items[0],
  serial: name,
  place: here ? { state: "available", variation: null, batch: null, location: at.locations[0] } : null,
  hold: null,
  updatedAt: 3
})

/** Writes a document and a serial, as a rule's decision would. */
const write = Effect.fnUntraced(function* (at: Scenario, document: Backorder, of: Serial) {
  const { stock } = yield* Store
  let made = document
  yield* stock.transact({ ...nothing, items: scoped(at.organization, at.items[0]) }, (loaded): Changes => {
    made = { ...document, id: loaded.nextId as DocumentId }
    const items = loaded.items.map(({ nextExpiry: _, ...row }) => ({
      ...row,
      version: row.version + 1,
      details: document.attached ? { attached: (row.details?.attached ?? 0) + 1 } : row.details
    }))
    const none = { balances: [], holds: [], grown: new Map(), movements: [], events: [], records: [] }
    return { ...none, items, documents: [made], serials: [of], firstId: loaded.nextId, nextId: loaded.nextId + 1 }
  })
  return made
})
