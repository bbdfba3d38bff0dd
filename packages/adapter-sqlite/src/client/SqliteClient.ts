import type { StoreError } from "@stockbook/core"
import { Context, Effect, Layer, type Scope, Semaphore, Stream } from "effect"
import * as Reactivity from "effect/reactivity/Reactivity"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { classifySqliteError, SqlError, UnknownError } from "effect/sql/SqlError"
import * as Statement from "effect/sql/Statement"
import { Database, type DatabaseConfig } from "./Database.ts"
import { sqliteFailure } from "./SqliteFailure.ts"
import { toStoreError } from "./storeError.ts"
import { whileBusy } from "./whileBusy.ts"

/** How the client is made; the shape of `@effect/sql-sqlite-node`'s, so that either can stand for the other. */
export interface SqliteClientConfig extends DatabaseConfig {
  readonly spanAttributes?: Record<string, unknown> | undefined
  readonly transformResultNames?: ((name: string) => string) | undefined
  readonly transformQueryNames?: ((name: string) => string) | undefined
}

/**
 * Effect's `SqlClient` over Node's own SQLite.
 *
 * One connection serves reading and writing: its calls are synchronous, so within a process no two of them ever
 * overlap, and in WAL mode a reading neither waits for the writer of another process nor makes it wait. A semaphore
 * keeps other fibers out of a transaction that yields between statements. Transactions are `BEGIN IMMEDIATE`.
 */
export interface SqliteClient extends SqlClient.SqlClient {
  readonly config: SqliteClientConfig
  /**
   * Runs `work` as one `BEGIN IMMEDIATE … COMMIT`, synchronously: nothing else of this process runs in between, and
   * nobody else writes. What `work` throws rolls everything back; an error that is not the database's is a defect.
   *
   * Law: it fails with `busy` at once when another process writes, for the caller to try again; when it fails with a
   * reason other than `unknown`, nothing was written; when it succeeds, the work survives a crash (of a file).
   */
  readonly transaction: <A>(work: (database: Database) => A) => Effect.Effect<A, StoreError>
}

export const SqliteClient = Context.Service<SqliteClient>("@stockbook/adapter-sqlite/client/SqliteClient")

/** Opens the database for as long as the scope lasts. */
export const make = Effect.fnUntraced(function* (
  config: SqliteClientConfig
): Effect.fn.Return<SqliteClient, StoreError, Scope.Scope | Reactivity.Reactivity> {
  const database = yield* Effect.acquireRelease(open(config), (opened) => Effect.sync(() => opened.close()))
  const semaphore = yield* Semaphore.make(1)
  const connection = connectionTo(database)
  const acquirers = SqlClient.makeSqliteAcquirers({
    connection: Effect.succeed(connection),
    semaphore,
    isTransaction: () => database.isTransaction
  })
  const transformRows =
    config.transformResultNames === undefined
      ? undefined
      : Statement.defaultTransforms(config.transformResultNames).array
  const client = yield* SqlClient.make({
    ...acquirers,
    compiler: Statement.makeCompilerSqlite(config.transformQueryNames),
    driver: "sqlite-node",
    beginTransaction: "BEGIN IMMEDIATE",
    prepareTransactionControls: true,
    releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
    spanAttributes: [...Object.entries(config.spanAttributes ?? {}), ["db.system.name", "sqlite"]],
    transformRows
  })
  return Object.assign(client, {
    config,
    transaction: <A>(work: (database: Database) => A) => semaphore.withPermit(transact(database, work))
  })
})

/** Provides the client, and effect's `SqlClient` with it. Opening waits while other processes are at it too. */
export const layer = (config: SqliteClientConfig): Layer.Layer<SqliteClient | SqlClient.SqlClient, StoreError> =>
  Layer.effectContext(
    Effect.map(make(config), (client) =>
      Context.make(SqliteClient, client).pipe(Context.add(SqlClient.SqlClient, client))
    )
  ).pipe(Layer.provide(Reactivity.layer))

/** The first process to open a file turns it to WAL alone; the others find it locked for a moment. */
const open = (config: SqliteClientConfig): Effect.Effect<Database, StoreError> =>
  whileBusy(
    Effect.suspend(() => {
      try {
        return Effect.succeed(new Database(config))
      } catch (error) {
        return failed(error, false)
      }
    })
  )

const transact = <A>(database: Database, work: (database: Database) => A): Effect.Effect<A, StoreError> =>
  Effect.suspend(() => {
    let committing = false
    try {
      database.prepare("BEGIN IMMEDIATE").run()
      const result = work(database)
      committing = true
      database.prepare("COMMIT").run()
      return Effect.succeed(result)
    } catch (error) {
      rollBack(database)
      return failed(error, committing)
    }
  })

/** SQLite rolls back by itself after some errors, and not after others. */
const rollBack = (database: Database): void => {
  if (database.raw.isOpen && database.isTransaction) database.exec("ROLLBACK")
}

const failed = (error: unknown, committing: boolean): Effect.Effect<never, StoreError> => {
  const failure = sqliteFailure(error, committing)
  return failure === null ? Effect.die(error) : Effect.fail(toStoreError(failure))
}

const connectionTo = (database: Database): Connection => {
  const attempt = <A>(sql: string, run: () => A): Effect.Effect<A, SqlError> =>
    Effect.suspend(() => {
      try {
        return Effect.succeed(run())
      } catch (error) {
        return Effect.fail(new SqlError({ reason: sqlReason(error, sql === "COMMIT") }))
      }
    })
  const rows = (sql: string, params: ReadonlyArray<unknown>) => database.prepare(sql).all(...params.map(toInput))
  const execute: Connection["execute"] = (sql, params, transformRows) =>
    attempt(sql, () => (transformRows === undefined ? rows(sql, params) : transformRows(rows(sql, params))))
  // Its own statement: the cached one must go on giving objects.
  const values: Connection["executeValues"] = (sql, params) =>
    attempt(sql, () => {
      const statement = database.raw.prepare(sql)
      statement.setReturnArrays(true)
      return statement.all(...params.map(toInput)).map((row) => Object.values(row))
    })
  return {
    execute,
    executeUnprepared: execute,
    executeValues: values,
    executeValuesUnprepared: values,
    executeRaw: (sql, params) => attempt(sql, () => database.prepare(sql).run(...params.map(toInput))),
    executeStream: (sql, params, transformRows) =>
      Stream.unwrap(Effect.map(execute(sql, params, transformRows), Stream.fromIterable))
  }
}

const sqlReason = (error: unknown, committing: boolean) => {
  const failure = sqliteFailure(error, committing)
  return failure === null
    ? new UnknownError({ cause: error, message: "The statement could not be run" })
    : classifySqliteError(failure, { message: failure.message, operation: "execute" })
}

const toInput = (value: unknown) => {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
      return value
    case "boolean":
      return value ? 1 : 0
    case "undefined":
      return null
    default:
      if (value === null || value instanceof Uint8Array) return value
      if (value instanceof Date) return value.toISOString()
      throw new TypeError("SQLite takes numbers, strings, bytes, booleans, dates and null")
  }
}
