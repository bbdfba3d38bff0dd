import { PgClient } from "@effect/sql-pg/PgClient"
import { Effect } from "effect"
import { adminOf } from "./admin.ts"

/** Copies all rows and sequences of one schema into the same of another server, as pg_dump and psql do with data. */
export const restore = (from: string, to: string): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { tables, sequences } = yield* Effect.provide(dump, adminOf(from))
    yield* Effect.provide(load(tables, sequences), adminOf(to))
  }).pipe(Effect.orDie)

interface Table {
  readonly name: string
  readonly columns: string
  readonly rows: string
}

interface Sequence {
  readonly name: string
  readonly value: number
  readonly called: boolean
}

const dump = Effect.gen(function* () {
  const sql = yield* PgClient
  const columns = yield* sql<Omit<Table, "rows">>`SELECT c.relname AS name,
      string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND c.relnamespace = 'stockbook'::regnamespace GROUP BY c.relname`
  const tables = yield* Effect.forEach(columns, (table) =>
    Effect.map(
      sql.unsafe<{ readonly rows: string }>(`SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${table.name} t`),
      ([row]): Table => ({ ...table, rows: row?.rows ?? "[]" })
    )
  )
  const names = yield* sql<{ readonly name: string }>`SELECT relname AS name FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'stockbook'::regnamespace`
  const sequences = yield* Effect.forEach(names, ({ name }) =>
    Effect.map(
      sql.unsafe<Omit<Sequence, "name">>(`SELECT last_value::int AS value, is_called AS called FROM ${name}`),
      ([row]): Sequence => ({ name, value: row?.value ?? 1, called: row?.called ?? false })
    )
  )
  return { tables, sequences }
})

const load = Effect.fnUntraced(function* (tables: ReadonlyArray<Table>, sequences: ReadonlyArray<Sequence>) {
  const sql = yield* PgClient
  const connection = yield* sql.reserve
  const run = (statement: string, parameters: ReadonlyArray<unknown> = []) =>
    connection.executeUnprepared(statement, parameters, undefined)
  // So pg_restore does it: neither triggers nor foreign keys look at what is restored.
  yield* run("SET session_replication_role = replica")
  yield* run(`TRUNCATE ${tables.map(({ name }) => name).join(", ")}`)
  for (const { name, columns, rows } of tables) {
    yield* run(
      `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1::text::json)`,
      [rows]
    )
  }
  for (const { name, value, called } of sequences) yield* run(`SELECT setval('${name}', ${value}, ${called})`)
}, Effect.scoped)
