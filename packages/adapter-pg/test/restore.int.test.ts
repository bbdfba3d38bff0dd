import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, describe, it } from "@effect/vitest"
import {
  Catalog,
  type ItemId,
  type OrganizationId,
  StockEngine,
  StockQueries,
  Store,
  Subscriptions
} from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgMigrations, PgRetention, PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { restore } from "./support/dump.ts"
import { inStore } from "./support/store.ts"
import { startServer } from "./support/TestServer.ts"

const cluster = Effect.map(
  Effect.acquireRelease(
    Effect.promise(() => startServer()),
    (server) => Effect.promise(server.stop)
  ),
  ({ url }) => `${url}/postgres`
)

/** So that the first cluster is far ahead of the second in the numbers of its transactions. */
const useUpTransactions = PgClient.use((sql) =>
  sql.unsafe(`DO $$ BEGIN FOR n IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`)
)

/** The quantities of the movements after a cursor, all `n` of them, and the last cursor. */
const readAll = (cursor: string, n: number) =>
  Effect.gen(function* () {
    const { read } = yield* Subscriptions
    const quantities: Array<number> = []
    let at = cursor
    while (quantities.length < n) {
      const page = yield* read(null, at, 2)
      for (const change of page.changes) if (change._tag === "Movement") quantities.push(change.movement.quantity)
      at = page.cursor
    }
    const rest = yield* read(null, at, 100)
    assert.deepStrictEqual(rest.changes, [])
    return { quantities, cursor: at }
  })

const receive = (organization: OrganizationId, item: ItemId, quantity: number) =>
  StockEngine.use((engine) => engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity }] }))

const trade = Effect.gen(function* () {
  const catalog = yield* Catalog
  const { ledger } = yield* Store
  const { id: organization } = yield* catalog.createOrganization("Acme")
  const { id: item } = yield* catalog.createItem(organization, { name: "Lamp", lowStockThreshold: null })
  yield* receive(organization, item, 1)
  const { cursor: saved } = yield* readAll("", 1)
  yield* ledger.claim("books", "worker", 60_000)
  yield* ledger.saveCursor("books", "worker", saved)
  yield* receive(organization, item, 2)
  const { cursor: given } = yield* readAll(saved, 1)
  return { organization, item, saved, given, head: yield* ledger.head }
})

describe("A database that is restored in another cluster", () => {
  it.live("waits to be adopted, and then every cursor goes on where it was", () =>
    Effect.gen(function* () {
      const [first, second] = [yield* cluster, yield* cluster]
      yield* Effect.provide(useUpTransactions, adminOf(first))
      const { organization, item, saved, given, head } = yield* inStore(first, trade)
      yield* Effect.scoped(Layer.build(Layer.fresh(PgStore.layer({ url: second }))))
      yield* restore(first, second)

      for (const layer of [PgStore.layer, PgStore.layerWithoutMigrations]) {
        const refusal = yield* Effect.flip(Effect.scoped(Layer.build(Layer.fresh(layer({ url: second })))))
        assert.deepInclude<object>(refusal, { _tag: "StoreError", reason: "unavailable" })
        assert.include(refusal.message, "PgMigrations.adopt")
      }
      assert.isTrue(yield* PgMigrations.adopt({ url: second }))
      assert.isFalse(yield* PgMigrations.adopt({ url: second }))
      assert.isFalse(yield* PgMigrations.adopt({ url: first }))

      yield* inStore(
        second,
        Effect.gen(function* () {
          yield* receive(organization, item, 3)
          yield* receive(organization, item, 4)
          const { ledger } = yield* Store
          assert.strictEqual(yield* ledger.savedCursor("books"), saved)
          for (const [cursor, expected] of [
            ["", [1, 2, 3, 4]],
            [saved, [2, 3, 4]],
            [given, [3, 4]],
            [head, [3, 4]]
          ] as const) {
            assert.deepStrictEqual((yield* readAll(cursor, expected.length)).quantities, [...expected])
          }
          assert.deepStrictEqual((yield* StockQueries.use(({ verify }) => verify(null))).differences, [])

          // What its subscriber has passed is cleared, of whichever era, and nothing else.
          yield* Effect.sleep(5)
          const { changes } = yield* Subscriptions.use(({ read }) => read(null, "", 100))
          const events = changes.filter(({ _tag }) => _tag === "Event").length
          assert.isAbove(events, 1)
          yield* ledger.saveCursor("books", "worker", (yield* readAll("", 4)).cursor)
          assert.deepInclude(yield* PgRetention.clear({ url: second }, { keys: 0, events: 0 }), { events })
        })
      )
    }).pipe(Effect.scoped)
  )
})
