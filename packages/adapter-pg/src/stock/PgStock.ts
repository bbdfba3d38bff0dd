import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Changes, Guard, StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import { isRefusal, mapSqlErrors } from "../client/storeError.ts"
import { rollback, transaction } from "../client/transaction.ts"
import { storeDocumentsOf } from "./documents.ts"
import { encodeChanges, noGuard } from "./encode.ts"
import { load } from "./load.ts"
import { storeChanges } from "./statements.ts"

/**
 * The write path.
 *
 * The locked road is BEGIN, lock, read, fold, store, COMMIT: five round trips, and isolation by row locks (see `load`).
 * The fast road is one statement with a commit of its own. The function it calls locks the guarded items, in ascending
 * order of their ids like all who lock them, and only then compares versions; every change to anything within an item
 * raises its version under the same lock. What is decided on those versions is therefore decided on what is there.
 */
export const pgStock = (client: PgClient): StockDriver => ({
  transact: (footprint, fold) =>
    Effect.asVoid(
      transaction(client, "BEGIN", (connection) =>
        Effect.gen(function* () {
          const changes = fold(yield* load(connection, footprint))
          if (changes === null) return rollback
          const stored = yield* store(connection, changes, noGuard)
          yield* storeDocumentsOf(connection, changes)
          return stored
        })
      )
    ),
  storeGuarded: (changes, guard) =>
    Effect.scoped(
      Effect.flatMap(mapSqlErrors("open")(client.reserve), (connection) =>
        // Sent, it is carried out: interrupting it would leave open whether it was.
        Effect.uninterruptible(
          store(connection, changes, guard).pipe(
            Effect.catchIf(isRefusal, () => Effect.succeed(false)),
            mapSqlErrors("committing")
          )
        )
      )
    )
})

/** Whether the guard held and the changes are written. */
const store = (connection: Connection, changes: Changes, guard: Guard) =>
  Effect.map(connection.executeValues(storeChanges, encodeChanges(changes, guard)), ([row]) => row?.[0] === true)
