import { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import { primaryCode, resultCode, type SqliteFailure, sqliteFailure } from "./SqliteFailure.ts"

/**
 * What a failure of SQLite means to a caller of the store. An I/O error in COMMIT leaves open whether the transaction
 * will be found after a crash: the log may have been written but not flushed. A disk that is full does not: without the
 * last page of its transaction the log counts as if it ended before.
 */
export const toStoreError = (failure: SqliteFailure): StoreError =>
  new StoreError({ reason: reasonOf(failure), message: failure.message, cause: failure })

const reasonOf = (failure: SqliteFailure): StoreError["reason"] => {
  switch (primaryCode(failure)) {
    case resultCode.busy:
    case resultCode.locked:
    // Too many processes were changing the log's locks at once.
    case resultCode.protocol:
      return "busy"
    case resultCode.ioError:
      return failure.committing ? "unknown" : "unavailable"
    case resultCode.readOnly:
    case resultCode.full:
    case resultCode.cantOpen:
      return "unavailable"
    case resultCode.constraint:
      return isRace(failure) ? "conflict" : "corrupt"
    default:
      return unavailable.has(primaryCode(failure)) ? "unavailable" : "corrupt"
  }
}

/** PERM, NOMEM, INTERRUPT, NOLFS, AUTH. */
const unavailable: ReadonlySet<number> = new Set([3, 7, 9, 22, 23])

/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY. */
const unique = 2067
const primaryKey = 1555

/**
 * Whether somebody else took the name first. Other constraints guard what no rule may write, and fail again however
 * often they are tried.
 */
const isRace = (failure: SqliteFailure): boolean =>
  failure.errno === unique || (failure.errno === primaryKey && failure.message.includes("idempotency."))

/** A failed statement's error as the store's. */
const fromSqlError = (error: SqlError): StoreError => {
  const failure = sqliteFailure(error.reason.cause)
  return failure === null
    ? new StoreError({ reason: "unavailable", message: error.message, cause: error })
    : toStoreError(failure)
}

/** Turns failed statements into failures of the store; all other errors pass. */
export const mapSqlErrors = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, Exclude<E, SqlError> | StoreError, R> =>
  Effect.mapError(effect, (error) => (isSqlError(error) ? fromSqlError(error) : (error as Exclude<E, SqlError>)))
