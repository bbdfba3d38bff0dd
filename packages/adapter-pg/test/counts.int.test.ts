import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, it } from "@effect/vitest"
import { StockEngine, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"
import { inStore, stocked } from "./support/store.ts"

/** As a standby that was behind has taken over. */
const loseTheLast = PgClient.use((sql) =>
  sql.unsafe(`DO $$ BEGIN
    SET LOCAL session_replication_role = replica;
    DELETE FROM movements WHERE id = (SELECT max(id) FROM movements);
  END $$`)
)

it.live("An item's movements are counted anew where the last one counted is gone", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase
    yield* inStore(
      url,
      Effect.gen(function* () {
        const { organization, items } = yield* stocked(1, 5)
        const [item] = items
        if (item === undefined) return yield* Effect.die(new Error("There is no item"))
        const receive = StockEngine.use((engine) =>
          engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1 }] })
        )
        const counted = StockQueries.use((queries) => queries.countMovements({ organization, item }))
        yield* receive
        assert.strictEqual(yield* counted, 2)
        yield* Effect.provide(loseTheLast, adminOf(url))
        assert.strictEqual(yield* counted, 1)
        assert.strictEqual(yield* counted, 1)
      })
    )
  }).pipe(Effect.scoped)
)
