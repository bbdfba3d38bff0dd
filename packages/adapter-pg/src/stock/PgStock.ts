import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Changes, StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import { rollback, transaction } from "../client/transaction.ts"
import { encodeChanges, noGuard } from "./encode.ts"
import { load } from "./load.ts"
import { storeChanges } from "./statements.ts"

/** The write path: lock, read, fold and store; five round trips, or one where the changes guard themselves. */
export const pgStock = (client: PgClient): StockDriver => ({
  transact: (footprint, fold) =>
    Effect.asVoid(
      transaction(client, "BEGIN", (connection) =>
        Effect.flatMap(load(connection, footprint), (loaded) => {
          const changes = fold(loaded)
          return changes === null ? Effect.succeed(rollback) : store(connection, changes)
        })
      )
    )
})

const store = (connection: Connection, changes: Changes) =>
  Effect.asVoid(connection.executeValues(storeChanges, encodeChanges(changes, noGuard)))
