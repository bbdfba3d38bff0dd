import type { PgClient } from "@effect/sql-pg/PgClient"
import type { Session } from "@stockbook/adapter-sql"
import { StoreError } from "@stockbook/core"
import { Effect, Schedule } from "effect"
import { mapSqlErrors } from "./storeError.ts"
import { transaction } from "./transaction.ts"

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
    nextIds: (sequence, count) =>
      // A value of `ledger` stands for a block of ids, far more than are ever taken at once.
      sequence === "ledger"
        ? Effect.map(sql<{ readonly id: number }>`SELECT nextval(${"ledger_ids"}::regclass) AS id`, ([row]) =>
            Array.from({ length: count }, (_, index) => (row?.id ?? 0) + index)
          )
        : Effect.map(
            sql<{ readonly id: number }>`SELECT nextval(${`${sequence}_ids`}::regclass) AS id
              FROM generate_series(1, ${count}::int)`,
            (rows) => rows.map(({ id }) => id)
          ),
    share: (name) =>
      Effect.asVoid(sql`SELECT pg_advisory_xact_lock_shared(hashtext(current_schema() || ${`.${name}`}))`),
    lock: (name) => Effect.asVoid(sql`SELECT pg_advisory_xact_lock(hashtext(current_schema() || ${`.${name}`}))`),
    forUpdate: sql`FOR UPDATE`,
    skipLocked: sql`FOR UPDATE SKIP LOCKED`,
    dialect: {
      like: "ILIKE",
      onHand: "s.on_hand",
      price: "coalesce(i.unit_price, -1)",
      low: "s.low",
      stockFirst: "JOIN"
    },
    read: (effect) => mapSqlErrors("open")(effect),
    snapshot: (effect) => within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", effect),
    write: (effect) => Effect.retry(within("BEGIN", effect), { while: isConflict, schedule: whileContended })
  }
}

const isConflict = (error: unknown) => error instanceof StoreError && error.reason === "conflict"

const whileContended = Schedule.exponential("2 millis", 2).pipe(Schedule.jittered, Schedule.upTo({ times: 6 }))
