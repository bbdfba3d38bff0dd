import { StoreError } from "@stockbook/core"
import { Effect, Predicate } from "effect"
import { isSqlError, type SqlError } from "effect/sql/SqlError"

/**
 * How far a unit of work had come when it failed: `open` when nothing it did can have been committed, `committing` when
 * what was sent last may have been carried out although no answer came.
 */
export type Phase = "open" | "committing"

/**
 * Whether a code is one of Postgres (https://www.postgresql.org/docs/current/errcodes-appendix.html): five characters.
 * None of them begins with an E, as those of sockets do, some of which (EPIPE) have five characters as well.
 */
export const isSqlState = (code: unknown): code is string =>
  typeof code === "string" && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code)

/** What Postgres minded. */
export const sqlStateOf = (error: SqlError): string | null => {
  const { cause } = error.reason
  return Predicate.hasProperty(cause, "code") && isSqlState(cause.code) ? cause.code : null
}

/**
 * Whether the database refused what a statement would have written: a constraint was violated, or another transaction
 * was in its way. Nothing of the statement was written.
 */
export const isRefusal = (error: SqlError): boolean => {
  const state = sqlStateOf(error)
  return state !== null && (state.startsWith("23") || state === "40001" || state === "40P01")
}

/** A failed statement's error as the store's. */
export const toStoreError = (error: SqlError, phase: Phase): StoreError =>
  new StoreError({ reason: reasonOf(error, phase), message: messageOf(error), cause: error })

const reasonOf = (error: SqlError, phase: Phase): StoreError["reason"] => {
  const state = sqlStateOf(error)
  if (state === null) return withoutState(error, phase)
  const known = byState[state]
  if (known !== undefined) return known
  // What was being committed when the connection ended may be there when the server is back.
  if (phase === "committing" && endsConnection(error, state)) return "unknown"
  return byClass[state.slice(0, 2)] ?? "corrupt"
}

/**
 * Whether the connection is over with this error, which then may have come after the commit: the server is going down
 * (57P01, 57P02) or has panicked, as it does when the log's disk is full, or something in between says that it is lost.
 */
const endsConnection = ({ reason }: SqlError, state: string): boolean => {
  if (Predicate.hasProperty(reason, "operation") && reason.operation === "connect") return false
  const { cause } = reason
  const severity = Predicate.hasProperty(cause, "severityUnlocalized") ? cause.severityUnlocalized : undefined
  return severity === "FATAL" || severity === "PANIC" || state.startsWith("08") || state.startsWith("57P")
}

/** The connection could not be made, or was lost; or the driver refused the parameters before it sent anything. */
const withoutState = (error: SqlError, phase: Phase): StoreError["reason"] => {
  if (error.reason._tag !== "ConnectionError") return phase === "committing" ? "unknown" : "corrupt"
  return phase === "committing" && error.reason.operation !== "connect" ? "unknown" : "unavailable"
}

const byState: Readonly<Record<string, StoreError["reason"]>> = {
  /** serialization_failure, deadlock_detected, unique_violation: somebody else was faster. */
  "40001": "conflict",
  "40P01": "conflict",
  "23505": "conflict",
  /** statement_completion_unknown */
  "40003": "unknown",
  /** lock_not_available: somebody else has held a lock for longer than `lock_timeout`. */
  "55P03": "busy",
  /** query_canceled, by `statement_timeout`: the same again would take as long. */
  "57014": "unavailable",
  /** cannot_connect_now, database_dropped, idle_session_timeout: before anything of this was carried out. */
  "57P03": "unavailable",
  "57P04": "unavailable",
  "57P05": "unavailable",
  /** read_only_sql_transaction: a standby, or a server that was told to write no more, as one does whose disk is full. */
  "25006": "unavailable",
  /** idle_in_transaction_session_timeout, transaction_timeout: rolled back. */
  "25P03": "unavailable",
  "25P04": "unavailable",
  /** insufficient_privilege, undefined_table, invalid_catalog_name: not migrated, or not for this role. */
  "42501": "unavailable",
  "42P01": "unavailable",
  "3D000": "unavailable"
}

/** connection, authorization, insufficient resources (disk full, out of memory), operator intervention, system error. */
const byClass: Readonly<Record<string, StoreError["reason"]>> = {
  "08": "unavailable",
  "28": "unavailable",
  "53": "unavailable",
  "57": "unavailable",
  "58": "unavailable"
}

/** Postgres's own words name tables and constraints, never the values, which are in its `detail`. */
const messageOf = (error: SqlError): string => {
  const { cause } = error.reason
  const said =
    Predicate.hasProperty(cause, "message") && typeof cause.message === "string" ? cause.message : error.message
  const state = sqlStateOf(error)
  return state === null ? said : `${said} (${state})`
}

/** Turns failed statements into failures of the store; all other errors pass. */
export const mapSqlErrors =
  (phase: Phase) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, Exclude<E, SqlError> | StoreError, R> =>
    Effect.mapError(effect, (error) =>
      isSqlError(error) ? toStoreError(error, phase) : (error as Exclude<E, SqlError>)
    )
