import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Changes, Guarded, StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import { isRefusal, mapSqlErrors } from "../client/storeError.ts"
import { rollback, transaction } from "../client/transaction.ts"
import { storeDocumentsOf } from "./documents.ts"
import { encodeChanges, noGuard } from "./encode.ts"
import { blockAt, load } from "./load.ts"
import { storeChanges } from "./statements.ts"

/**
 * The write path.
 *
 * The locked road is BEGIN, lock, read, fold, store, COMMIT: five round trips, and isolation by row locks (see `load`).
 * The fast road is one statement with a commit of its own. The function it calls locks the guarded items, in ascending
 * order of their ids like all who lock them, and only then compares versions; every change to anything within an item
 * gives it a version of its own under the same lock. What is decided on those versions is therefore decided on what is
 * there. Such statements follow each other on the connection of `pipeline` without waiting for the answers; one that
 * fails leaves those behind it to their own guards.
 */
export const pgStock = (client: PgClient, pipeline: PgClient): StockDriver => ({
  transact: (footprint, fold) =>
    Effect.asVoid(
      transaction(client, "BEGIN", (connection) =>
        Effect.gen(function* () {
          const changes = fold(yield* load(connection, footprint))
          if (changes === null) return rollback
          yield* store(connection, changes)
          return yield* storeDocumentsOf(connection, changes)
        })
      )
    ),
  storeGuarded: (changes, guard, wantsIds) =>
    // Sent, it is carried out: interrupting it would leave open whether it was.
    Effect.uninterruptible(
      Effect.map(pipeline.unsafe(storeChanges, encodeChanges(changes, guard, wantsIds)).values, toGuarded).pipe(
        Effect.catchIf(isRefusal, () => Effect.succeed(refused)),
        mapSqlErrors("committing")
      )
    )
})

/** What `store_changes` answered. */
const toGuarded = ([row]: ReadonlyArray<ReadonlyArray<unknown>>): Guarded => {
  const answer = Number(row?.[0] ?? -1)
  return { stored: answer >= 0, ids: answer > 0 ? blockAt(answer) : null }
}

const refused: Guarded = { stored: false, ids: null }

const store = (connection: Connection, changes: Changes) =>
  connection.executeValues(storeChanges, encodeChanges(changes, noGuard, false))
