import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, type Change, Stockbook, StockEngine, Subscriptions } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"

const subject = Layer.unwrap(
  Effect.map(freshDatabase, (url) =>
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })), Layer.provideMerge(adminOf(url)))
  )
)

const quantities = (changes: ReadonlyArray<Change>) =>
  changes.flatMap((change) => (change._tag === "Movement" ? [change.movement.quantity] : []))

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("The feed", (it) => {
  it.effect("skips nothing that is committed late, and tells nothing twice", () =>
    Effect.gen(function* () {
      const sql = yield* PgClient
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const { read } = yield* Subscriptions
      const { id: organization, defaultLocation } = yield* catalog.createOrganization("Acme")
      const { id: item } = yield* catalog.createItem(organization, { name: "One", lowStockThreshold: null })
      const receive = (quantity: number) =>
        engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity }] })
      yield* receive(1)
      // A transaction of another test's database holds the feed up just as well as one of its own.
      const readAll = (cursor: string, n: number) =>
        Effect.repeat(read(organization, cursor, 100), { until: ({ changes }) => quantities(changes).length === n })
      const first = yield* readAll("", 1)
      assert.deepStrictEqual(quantities(first.changes), [1])

      // It takes its place before the others, and its ids too, but is committed after them.
      const late = sql.withTransaction(
        Effect.gen(function* () {
          yield* sql`INSERT INTO movements (organization, id, item, quantity, available_after, on_hand_after, at,
              from_account, to_account, to_location, to_variation, to_batch, cause)
            SELECT ${organization}, nextval('ledger_ids'), ${item}, 77, 77, 77, 0,
              'supplier', 'available', ${defaultLocation}, 0, 0, 'Receive'`
          yield* receive(2)
          yield* receive(3)
          const meanwhile = yield* read(organization, first.cursor, 100)
          assert.deepStrictEqual(quantities(meanwhile.changes), [])
          return meanwhile.cursor
        })
      )
      const cursor = yield* late
      const after = yield* readAll(cursor, 3)
      assert.deepStrictEqual(quantities(after.changes), [77, 2, 3])
      assert.deepStrictEqual((yield* read(organization, after.cursor, 100)).changes, [])

      // Page by page, of one organization or of all, it is the same.
      for (const scope of [organization, null]) {
        const seen: Array<number> = []
        let at = ""
        for (let page = 0; page < 20; page++) {
          const { changes, cursor: next } = yield* read(scope, at, 1)
          seen.push(...quantities(changes))
          at = next
        }
        assert.deepStrictEqual(seen, [1, 77, 2, 3])
      }
    })
  )
})
