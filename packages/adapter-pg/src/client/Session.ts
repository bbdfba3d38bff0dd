import type { PgClient } from "@effect/sql-pg/PgClient"
import { StoreError } from "@stockbook/core"
import { Effect, Schedule } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { mapSqlErrors } from "./storeError.ts"
import { transaction } from "./transaction.ts"

/** What ids are given out for. */
export type Sequence = "ledger" | "organization" | "location" | "item" | "user"

/** Where dialects differ. The tables are `items i` and `item_stock s`. */
export interface Dialect {
  /** LIKE that ignores ASCII case. */
  readonly like: string
  /** Units on hand, as the index over them has them. */
  readonly onHand: string
  /** Whether available is at or below the threshold, as the index over such items has it. */
  readonly low: string
  /** The join that goes from the stock to the catalogue. */
  readonly stockFirst: string
}

/**
 * What the ledger, catalogue and identity drivers need of a database beside statements: all that is Postgres's own in
 * them is here.
 */
export interface Session {
  readonly sql: SqlClient
  /** The store's time, epoch milliseconds. */
  readonly now: Effect.Effect<number, SqlError>
  /** The store's time as a part of a statement, epoch milliseconds. */
  readonly moment: Effect.Effect<Fragment>
  /** Takes the next id; `ledger` is shared by movements, holds and events. */
  readonly nextId: (sequence: Sequence) => Effect.Effect<number, SqlError>
  /** Makes the transaction the only one that has this lock, until it ends. */
  readonly lock: (name: string) => Effect.Effect<void, SqlError>
  /** What a SELECT ends with to keep the rows it found as they are until the transaction ends. */
  readonly forUpdate: Fragment
  /** Words of the dialect, as they stand in statements. */
  readonly dialect: Dialect
  /** Runs one statement. */
  readonly read: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /** Runs several statements that all see one committed state. */
  readonly snapshot: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
  /**
   * Runs statements as one transaction. What must stay true of what it reads, it has to lock. Runs it again when
   * another transaction was faster.
   */
  readonly write: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, Exclude<E, SqlError> | StoreError>
}

export const sessionOf = (sql: PgClient): Session => {
  const within = <A, E>(begin: Parameters<typeof transaction>[1], effect: Effect.Effect<A, E>) =>
    transaction(sql, begin, (connection) =>
      Effect.provideService(effect, sql.transactionService, [connection, 0] as const)
    )
  return {
    sql,
    now: Effect.map(
      sql<{ readonly now: number }>`SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`,
      ([row]) => row?.now ?? 0
    ),
    // Stable within the statement, so that an index can be searched for it.
    moment: Effect.succeed(sql`floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint`),
    nextId: (sequence) =>
      Effect.map(
        sql<{ readonly id: number }>`SELECT nextval(${`${sequence}_ids`}::regclass) AS id`,
        ([row]) => row?.id ?? 0
      ),
    lock: (name) => Effect.asVoid(sql`SELECT pg_advisory_xact_lock(hashtext(current_schema() || ${`.${name}`}))`),
    forUpdate: sql`FOR UPDATE`,
    dialect: { like: "ILIKE", onHand: "s.on_hand", low: "s.low", stockFirst: "JOIN" },
    read: (effect) => mapSqlErrors("open")(effect),
    snapshot: (effect) => within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", effect),
    write: (effect) => Effect.retry(within("BEGIN", effect), { while: isConflict, schedule: whileContended })
  }
}

const isConflict = (error: unknown) => error instanceof StoreError && error.reason === "conflict"

const whileContended = Schedule.exponential("2 millis", 2).pipe(Schedule.jittered, Schedule.upTo({ times: 6 }))
