import * as PgClient from "@effect/sql-pg/PgClient"
import { Effect, Redacted } from "effect"
import * as Reactivity from "effect/reactivity/Reactivity"

/** The functions by which the store asks for the time. */
const clocks = ["clock_timestamp", "statement_timestamp", "transaction_timestamp"]

/**
 * What makes the clock of one database a thing to be set: the server's functions get other names there, and the store's
 * schema gets functions of theirs, which tell a sequence, for a sequence is what it was set to whatever snapshot is read.
 * Needs a superuser.
 */
export const simulatedClock: ReadonlyArray<string> = [
  "CREATE SCHEMA stockbook",
  "CREATE SEQUENCE stockbook.simulated_time",
  ...clocks.flatMap((name) => [
    `ALTER FUNCTION pg_catalog.${name}() RENAME TO servers_${name}`,
    `CREATE FUNCTION stockbook.${name}() RETURNS timestamptz LANGUAGE sql STABLE
      AS $$ SELECT 'epoch'::timestamptz + last_value * interval '1 millisecond' FROM stockbook.simulated_time $$`
  ])
]

/** A connection that sets it, to epoch milliseconds. */
export const clockSetter = (url: string) =>
  Effect.map(
    Effect.provide(PgClient.make({ url: Redacted.make(url), maxConnections: 1 }), Reactivity.layer),
    (sql) => (now: number) => Effect.orDie(sql`SELECT setval('stockbook.simulated_time', ${now}::bigint)`)
  )
