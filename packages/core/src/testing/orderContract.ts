import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { PartnerId } from "../catalog/Partner.ts"
import { IdentityDriver } from "../identity/IdentityDriver.ts"
import type { DocumentFilter } from "../ledger/LedgerDriver.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { differences, type Input, levels, outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const page = { limit: 10, order: "oldest" } as const

/** Orders, and the figures of an organization. */
export const orderContract = (it: Register): void => {
  describe("orders", () => {
    it.effect("are stored with what they moved, listed, and added up exactly", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const queries = yield* StockQueries
        const { organization } = at
        const [item] = at.items
        const batch = yield* newBatch(at)
        const bought = yield* placed(at, order(at, batch, "incoming", { quantity: 3, partner: 5 }))
        const sold = yield* placed(at, order(at, batch, "outgoing", { quantity: 2, partner: 6 }))
        const unsold = yield* placed(at, order(at, batch, "outgoing", { quantity: 1, partner: 6 }))
        yield* run(at, { _tag: "CancelOrder", order: { id: unsold.id } })
        yield* run(at, { _tag: "CompleteOrder", order: { id: sold.id } })
        assert.deepStrictEqual(yield* levels(at, item), [1, 0, 0])
        const strange = order(at, batch, "outgoing", { item: at.items[1] })
        assert.strictEqual(yield* outcomeTag(run(at, strange)), "UnknownBatch")

        const read = yield* queries.document(organization, { id: bought.id })
        assert.deepStrictEqual(read, bought)
        const ids = (filter: Omit<DocumentFilter, "organization">, more: object = {}) =>
          Effect.map(queries.documents({ organization, ...filter }, { ...page, ...more }), (found) =>
            found.map(({ id }) => id)
          )
        assert.deepStrictEqual(yield* ids({ kind: "outgoingOrder" }), [sold.id, unsold.id])
        assert.deepStrictEqual(yield* ids({ kind: "outgoingOrder" }, { offset: 1 }), [unsold.id])
        assert.deepStrictEqual(yield* ids({}, { order: "newest", offset: 1, limit: 1 }), [sold.id])
        assert.deepStrictEqual(yield* ids({ partner: PartnerId.make(6), status: "completed" }), [sold.id])
        assert.deepStrictEqual(yield* ids({ partner: PartnerId.make(5) }), [bought.id])
        assert.deepStrictEqual(yield* ids({ search: "lOt of" }), [bought.id, sold.id, unsold.id])
        assert.deepStrictEqual(yield* ids({ search: "Two" }), [])
        assert.strictEqual(yield* queries.countDocuments({ organization, partner: PartnerId.make(6) }), 2)
        const wrong = queries.documents({ organization }, { ...page, offset: -1 })
        assert.strictEqual(yield* outcomeTag(wrong), "InvalidInput")

        assert.deepStrictEqual(yield* queries.orderTotals(organization), {
          incoming: { orders: 1, value: "2399.985" },
          outgoing: { orders: 2, value: "1599.99" }
        })
        const stranger = yield* scenario
        assert.deepStrictEqual(yield* queries.orderTotals(stranger.organization), {
          incoming: { orders: 0, value: "0.00" },
          outgoing: { orders: 0, value: "0.00" }
        })
        assert.strictEqual(
          yield* outcomeTag(run(stranger, { _tag: "CancelOrder", order: { id: bought.id } })),
          "UnknownOrder"
        )
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("are cancelled once, however many try, and never take what is not there", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const batch = yield* newBatch(at)
        const bought = yield* placed(at, order(at, batch, "incoming", { quantity: 3 }))
        const sold = yield* placed(at, order(at, batch, "outgoing", { quantity: 1 }))
        const cancel = (id: number): Input => ({ _tag: "CancelOrder", order: { id } })
        assert.strictEqual(yield* outcomeTag(run(at, cancel(bought.id))), "InsufficientStock")
        const tries = Array.from({ length: 8 }, () => outcomeTag(run(at, cancel(sold.id))))
        const tags = yield* Effect.all(tries, { concurrency: "unbounded" })
        assert.deepStrictEqual(tags.toSorted(), [...Array.from({ length: 7 }, () => "OrderClosed"), "Success"])
        assert.strictEqual(yield* outcomeTag(run(at, cancel(bought.id))), "Success")
        assert.deepStrictEqual(yield* levels(at, at.items[0]), [0, 0, 0])
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )

    it.effect("sell a batch once, however many want it", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const batch = yield* newBatch(at)
        yield* placed(at, order(at, batch, "incoming", { quantity: 10 }))
        const tries = Array.from({ length: 20 }, () =>
          outcomeTag(run(at, order(at, batch, "outgoing", { quantity: 1 })))
        )
        const tags = yield* Effect.all(tries, { concurrency: "unbounded" })
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 10)
        assert.strictEqual(tags.filter((tag) => tag === "InsufficientStock").length, 10)
        assert.deepStrictEqual(yield* differences(at), [])
      })
    )
  })

  describe("figures", () => {
    it.effect("count what is not deleted, and value what is on hand exactly", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const catalog = yield* Catalog
        const [one, two] = at.items
        yield* catalog.updateItem(organization, one, { unitPrice: "1234567.89" })
        yield* run(at, { _tag: "Receive", lines: [{ item: one, quantity: 7_000_003 }] })
        yield* run(at, { _tag: "Reserve", lines: [{ item: one, quantity: 5 }] })
        yield* run(at, { _tag: "Receive", lines: [{ item: two, quantity: 4 }] })
        yield* catalog.createTerm("category", organization, { name: "One" })
        const gone = yield* catalog.createTerm("category", organization, { name: "Two" })
        yield* catalog.removeTerm("category", organization, gone.id)
        const three = yield* catalog.createItem(organization, { name: "Three" })
        yield* catalog.removeItem(organization, three.id)
        assert.deepStrictEqual(yield* catalog.figures(organization), {
          items: 2,
          categories: 1,
          onHand: 7_000_007,
          value: "8641978933703.67"
        })
      })
    )

    it.effect("count an organization's users by role, and the recent ones", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const driver = yield* IdentityDriver
        const join = (name: string, role: string, createdAt: number) => {
          const key = `${name}-${organization}`
          const names = { email: `${key}@example.org`, emailKey: `${key}@example.org`, username: key, usernameKey: key }
          const user = { ...names, fullName: null, firstName: null, lastName: null, role, createdAt }
          return driver.insertUser({ user, passwordHash: "x", placement: { _tag: "Join", organization } })
        }
        yield* join("a", "staff", 1000)
        yield* join("b", "staff", 2000)
        yield* join("c", "admin", 3000)
        assert.deepStrictEqual(yield* driver.userFigures(organization, 2000), {
          byRole: { admin: 1, staff: 2 },
          recent: 2
        })
        const stranger = yield* scenario
        assert.deepStrictEqual(yield* driver.userFigures(stranger.organization, 0), { byRole: {}, recent: 0 })
      })
    )
  })
}

type Placing = Extract<Input, { readonly _tag: "PlaceOrder" }>

const newBatch = Effect.fnUntraced(function* (at: Scenario) {
  const catalog = yield* Catalog
  const made = yield* catalog.createBatch(at.organization, at.items[0], { name: "Lot" })
  if (made === null) return yield* Effect.die("The item is there")
  return made.id
})

const order = (at: Scenario, batch: number, side: Placing["side"], fields: Partial<Placing>): Placing => ({
  _tag: "PlaceOrder",
  side,
  partner: 1,
  item: at.items[0],
  batch,
  quantity: 1,
  unitAmount: "799.995",
  date: 0,
  label: "A lot of One",
  ...fields
})

const placed = Effect.fnUntraced(function* (at: Scenario, command: Placing) {
  const { documents } = yield* run(at, command)
  const [made] = documents
  return made ?? (yield* Effect.die("No order was made"))
})
