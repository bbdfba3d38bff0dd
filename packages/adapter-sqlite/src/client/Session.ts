import type { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { BeginTransaction, type SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { SqliteClient } from "./SqliteClient.ts"
import { mapSqlErrors } from "./storeError.ts"
import { whileBusy } from "./whileBusy.ts"

/**
 * What the ledger, catalogue and identity drivers need of a database beside statements: all that is SQLite's own in
 * them is here.
 */
export interface Session {
  readonly sql: SqlClient
  /** Runs one statement. */
  readonly read: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /** Runs several statements that all see one committed state. */
  readonly snapshot: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /**
   * Runs statements as one transaction, in which nobody else writes from its start: what it reads stays true until it
   * commits. Runs it again while the database is busy.
   */
  readonly write: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
}

export const sessionOf = (sql: SqliteClient): Session => {
  const run = <A, E>(effect: Effect.Effect<A, E>) => whileBusy(mapSqlErrors(effect))
  return {
    sql,
    read: run,
    // A deferred transaction takes its snapshot with its first statement, and no lock that anybody waits for.
    snapshot: (effect) => run(Effect.provideService(sql.withTransaction(effect), BeginTransaction, "BEGIN")),
    write: (effect) => run(sql.withTransaction(effect))
  }
}
