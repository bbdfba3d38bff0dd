import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { type Changes, type Footprint, type ItemId, type OrganizationId, Store, scopedName } from "@stockbook/core"
import { Effect, Fiber } from "effect"
import { contents } from "./support/admin.ts"
import { scene, subject, untilWaiting } from "./support/guardedScene.ts"

const footprintOf = (organization: OrganizationId, id: ItemId): Footprint => ({
  organizations: new Set([organization]),
  items: new Map([[scopedName(organization, id), { organization, id }]]),
  locations: new Map(),
  variations: new Map(),
  batches: new Map(),
  suppliers: new Map(),
  holds: new Map(),
  references: new Map(),
  documents: new Map(),
  documentReferences: new Map(),
  serials: new Map(),
  targets: new Set(),
  anonymous: new Map(),
  keys: new Map(),
  movements: new Map(),
  reasons: new Map(),
  stocked: new Map(),
  openHolds: new Set()
})

/** A transaction on the first item of a scene that stores these changes. */
const transact = (organization: OrganizationId, item: ItemId, changes: Changes | null) =>
  Store.use(({ stock }) => stock.transact(footprintOf(organization, item), () => changes))

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("A transaction with COMMIT sent along", (it) => {
  it.effect("stores all or nothing, and says which", () =>
    Effect.gen(function* () {
      const { organization, items, changes } = yield* scene
      const [balance] = changes.balances
      if (balance === undefined) return assert.fail("no balance")
      const before = yield* contents
      yield* transact(organization, items[0], null)
      assert.strictEqual(yield* contents, before)
      const broken = { ...changes, balances: [{ ...balance, available: -1 }] }
      const refused = yield* Effect.flip(transact(organization, items[0], broken))
      assert.strictEqual(refused.reason, "corrupt")
      const missing = { ...changes, items: changes.items.map((row) => ({ ...row, item: (row.item + 999) as ItemId })) }
      assert.strictEqual((yield* Effect.flip(transact(organization, items[0], missing))).reason, "corrupt")
      assert.strictEqual(yield* contents, before)
      yield* transact(organization, items[0], changes)
      assert.notStrictEqual(yield* contents, before)
      // The same ids, key and reference again.
      const after = yield* contents
      assert.strictEqual((yield* Effect.flip(transact(organization, items[0], changes))).reason, "conflict")
      assert.strictEqual(yield* contents, after)
    })
  )

  it.effect("has stored nothing when a fold fails, and leaves the connection fit for use", () =>
    Effect.gen(function* () {
      const { organization, items, changes } = yield* scene
      const before = yield* contents
      const failed = Store.use(({ stock }) =>
        stock.transact(footprintOf(organization, items[0]), () => {
          throw new Error("bug")
        })
      )
      assert.isTrue((yield* Effect.exit(failed))._tag === "Failure")
      assert.strictEqual(yield* contents, before)
      yield* transact(organization, items[0], changes)
      assert.notStrictEqual(yield* contents, before)
    })
  )

  it.effect(
    "says that nothing was stored when the session ends before COMMIT was sent, and otherwise that nobody knows",
    () =>
      Effect.gen(function* () {
        const { organization, items, changes } = yield* scene
        const sql = yield* PgClient
        const before = yield* contents
        const blockers = [
          ["unavailable", sql`SELECT FROM item_stock WHERE item = ${items[0]} FOR UPDATE`],
          ["unknown", sql`INSERT INTO idempotency VALUES (${organization}, 1, 'key', 'f', '[]')`]
        ] as const
        for (const [reason, blocker] of blockers) {
          const undone = sql.withTransaction(
            Effect.gen(function* () {
              yield* blocker
              const said = Effect.match(transact(organization, items[0], changes), {
                onSuccess: () => "stored",
                onFailure: (error) => error.reason
              })
              const waiting = yield* Effect.forkChild(said)
              yield* untilWaiting(1)
              yield* sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'`
              assert.strictEqual(yield* Fiber.join(waiting), reason)
              return yield* Effect.fail("undone" as const)
            })
          )
          yield* Effect.catchIf(
            undone,
            (error) => error === "undone",
            () => Effect.void
          )
          assert.strictEqual(yield* contents, before)
        }
        yield* transact(organization, items[0], changes)
      })
  )
})
