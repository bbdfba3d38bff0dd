import type { PgClient } from "@effect/sql-pg/PgClient"
import { ordered, type Session } from "@stockbook/adapter-sql"
import { StoreError } from "@stockbook/core"
import { Effect, Schedule } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import { CurrentReach, setReach } from "../fence/Reach.ts"
import { lookUpIn } from "../stock/lookUp.ts"
import { changesOf } from "./catalogChanges.ts"
import { bigints, texts } from "./parameters.ts"
import { mapSqlErrors } from "./storeError.ts"
import { type Reserve, snapshot, snapshotOnLine, transaction } from "./transaction.ts"

/** What the database is. */
export interface Nature {
  /** It spreads its rows over servers, as the store was declared to. */
  readonly sharded: boolean
  /** It has row-level security: what runs reaches rows by its `CurrentReach`, in a transaction. */
  readonly fenced: boolean
}

/** A session of a database; `lines` send at once what they are given, and the client does where there are none. */
export const sessionOf = (sql: PgClient, { sharded, fenced }: Nature, lines: Reserve | null): Session => {
  const on =
    <A, E>(effect: Effect.Effect<A, E>) =>
    (connection: Connection) =>
      Effect.provideService(effect, sql.transactionService, [connection, 0] as const)
  const reaching = (connection: Connection) => Effect.flatMap(CurrentReach, (reach) => setReach(connection, reach))
  const write = <A, E>(effect: Effect.Effect<A, E>) =>
    transaction(lines ?? sql, "BEGIN", on(effect), fenced ? reaching : undefined)
  const read = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E | SqlError> =>
    lines === null ? effect : Effect.scoped(Effect.flatMap(lines.reserve, on(effect)))
  return {
    sql,
    now: Effect.map(
      sql<{ readonly now: number }>`SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`,
      ([row]) => row?.now ?? 0
    ),
    // Stable within the statement, so that an index can be searched for it.
    moment: Effect.succeed(sql`floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint`),
    // When its BEGIN came.
    snapshotMoment: Effect.succeed(sql`floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint`),
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
    // One statement however many there are, and so planned once.
    among: (column, values) => {
      const all = bigints(values)
      // Before it takes a plan for good, Postgres weighs each value it can see for each of some statements.
      return sql`${sql.literal(column)} = ANY(${values.length <= fewValues ? all : sql`(SELECT ${all})::bigint[]`})`
    },
    each: (values) => sql`unnest(${bigints(values)}) AS each(id)`,
    lookUp: (table, alias, condition) => lookUpIn(sql, table, alias, condition),
    // Columns are COLLATE "C", where `lower` is of ASCII. ILIKE would make the pattern small for each row as well.
    contains: (column, text, { likely } = { likely: false }) => {
      const name = sql.literal(column)
      const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`
      const found = sql`lower(${name}) LIKE ${small(pattern)}`
      // Most have it in the letters it was typed in, and need not be made small.
      return likely ? sql`(${name} LIKE ${pattern} OR ${found})` : found
    },
    dialect: {
      low: "s.low",
      cents: "CAST(i.price_order * 100 AS bigint)",
      effectiveAt: "coalesce((m.details::json ->> 'effectiveAt')::bigint, m.at)",
      inOrder: "JOIN"
    },
    // Of a transaction each server of a sharded store knows its own number.
    arrivals: sharded
      ? null
      : { place: "m.transaction_id", type: "xid8", next: sql`pg_snapshot_xmin(pg_current_snapshot())` },
    // Triggers do, which a sharded store has none of.
    keepsTallies: !sharded,
    // Transactions are numbered by each server on its own, and policies hide their numbers from whoever reads them.
    catalogChanges: sharded || fenced ? null : changesOf(sql),
    searching: (organization, text, categories) => {
      // A policy goes before all but a few operators, and that of this index is not one of those.
      if (fenced) return null
      const wanted = trigrams(organization, text)
      if (wanted.length === 0) return null
      const found = sql`item_trigrams(i.organization, i.name, i.sku, i.barcode, i.description) @> ${texts(wanted)}`
      return {
        condition: categories === null ? found : sql`(${found} OR i.category = ANY(ARRAY(${categories})))`,
        // Of more than three letters in a row all may be there, but apart; and lines part the texts.
        exact: Array.from(text).length === 3 && !text.includes("\n")
      }
    },
    // Half the time that a window over all of them takes. Rows lie about as they came, and so are put in order upwards.
    partOfAll: ({ id, matching, keys, descending, offset, limit }) => {
      // An offset may be any number of rows; within the list it is an array's.
      const start = sql`least(${offset}::bigint, total)`
      const end = sql`least(${offset}::bigint + ${limit}::bigint, total)`
      const [first, last] = descending ? [sql`total - ${end} + 1`, sql`total - ${start}`] : [sql`${start} + 1`, end]
      return sql`SELECT part.id, found.total FROM (
          SELECT array_agg(${id} ORDER BY ${ordered(sql, keys, false)}) AS ids, count(*) AS total FROM ${matching}
        ) found, unnest(found.ids[(${first})::int : (${last})::int]) WITH ORDINALITY AS part(id, place)
        ORDER BY part.place ${sql.literal(descending ? "DESC" : "ASC")}`
    },
    read: (effect) => (fenced ? write(effect) : mapSqlErrors("open")(read(effect))),
    snapshot: (effect) =>
      lines === null
        ? snapshot(sql, on(effect), fenced ? reaching : undefined)
        : snapshotOnLine(lines, on(effect), fenced ? reaching : () => Effect.void),
    write: (effect) => Effect.retry(write(effect), { while: isConflict, schedule: whileContended })
  }
}

/** So many values are weighed in no time. */
const fewValues = 1000

/** The same text with small letters for A to Z. */
const small = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** As many as are asked for at once; what they find is compared with the whole text. */
const maxTrigrams = 64

/** Every three letters in a row of a text, as the index of items has them; none of a shorter one. */
const trigrams = (organization: number, text: string): ReadonlyArray<string> => {
  const letters = Array.from(small(text))
  const found = letters.slice(2).map((_, n) => `${organization}:${letters.slice(n, n + 3).join("")}`)
  return Array.from(new Set(found)).slice(0, maxTrigrams)
}

const isConflict = (error: unknown) => error instanceof StoreError && error.reason === "conflict"

const whileContended = Schedule.exponential("2 millis", 2).pipe(Schedule.jittered, Schedule.upTo({ times: 6 }))
