import type { PgConnection } from "@effect/sql-pg/PgConnection"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"

/**
 * A connection that belongs to one transaction. A statement may be sent before the last one is answered: the server
 * carries them out in the order they came, and fails those that come, in a transaction, behind one that failed.
 */
export type Line = Pick<Connection, "execute" | "executeRaw" | "executeValues">

/** A connection that sends at once what it is given, if it was made to. */
export const lineOf = (connection: PgConnection): Connection => ({
  execute: (sql, parameters) => Effect.map(connection.query(sql, parameters), ({ rows }) => rows),
  executeRaw: (sql, parameters) => connection.query(sql, parameters),
  executeValues: (sql, parameters) => connection.queryValues(sql, parameters),
  executeUnprepared: (sql, parameters) => Effect.map(connection.query(sql, parameters, false), ({ rows }) => rows),
  executeValuesUnprepared: (sql, parameters) => connection.queryValues(sql, parameters, false),
  executeStream: (sql, parameters) => connection.stream(sql, parameters)
})

/** Sent one behind the other, by fibers that start in this order and go as far as the socket at once. */
export const inTurn = { concurrency: "unbounded" } as const
