import { PgClient } from "@effect/sql-pg/PgClient"
import { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import { defaultSchema, layerClient, type PgStoreConfig, quoted } from "../client/connect.ts"
import type { InvalidDatabaseUrl } from "../client/InvalidDatabaseUrl.ts"
import { transaction } from "../client/transaction.ts"
import { setReach } from "../fence/Reach.ts"
import { addRowLevelSecurity } from "./checkRowLevelSecurity.ts"
import { beginEra, checkEra, noteEra } from "./eras.ts"
import { migrations, schemaVersion } from "./migrations.ts"
import { NewerSchema } from "./NewerSchema.ts"

/** Any number will do, as long as nobody else's program takes the same advisory lock. */
const lock = 5_070_627_714

/**
 * Brings the schema up to this program's version and returns the version it found.
 *
 * Everything happens in one transaction under an advisory lock, the look at the present version included: of any
 * number of processes that start at once one migrates, and the others, waiting, find it done. The schema is made if it
 * is not there; a role that may not create schemas in the database needs it made beforehand, and owned.
 */
export const migrate = (schema: string): Effect.Effect<number, StoreError | NewerSchema, PgClient> =>
  Effect.gen(function* () {
    const client = yield* PgClient
    const found = yield* transaction(client, "BEGIN", (connection) => steps(connection, schema))
    return found > schemaVersion ? yield* new NewerSchema({ found, supported: schemaVersion }) : found
  }).pipe(Effect.withSpan("PgMigrations.migrate"))

/** The same for those who have no client: on a connection of its own. */
export const migrateAt = (
  config: PgStoreConfig
): Effect.Effect<number, StoreError | NewerSchema | InvalidDatabaseUrl> =>
  Effect.provide(migrate(config.schema ?? defaultSchema), layerClient({ ...config, maxConnections: 1 }), {
    local: true
  })

/** Makes sure, without changing anything, that the schema is the one this program works with. */
export const check = Effect.fnUntraced(function* (schema: string = defaultSchema) {
  const client = yield* PgClient
  const found = yield* transaction(client, "BEGIN", (connection) =>
    Effect.tap(versionOf(connection, schema), (version) =>
      version === schemaVersion ? checkEra(connection, quoted(schema)) : Effect.void
    )
  )
  if (found !== null && found > schemaVersion) return yield* new NewerSchema({ found, supported: schemaVersion })
  if (found !== schemaVersion) {
    const message = `The schema is at version ${found ?? 0} and must be migrated to version ${schemaVersion}`
    return yield* new StoreError({ reason: "unavailable", message, cause: null })
  }
})

/**
 * Gives a migrated schema row-level security (see `rowLevelSecurity`), on a connection of its own, as the owner of the
 * tables. It may be repeated, and has to be where a migration brought another table. Processes that have the store open
 * meanwhile find nothing in it any more, until they open it again.
 */
export const enableRowLevelSecurity = (config: PgStoreConfig): Effect.Effect<void, StoreError | InvalidDatabaseUrl> =>
  addRowLevelSecurity(config.schema ?? defaultSchema).pipe(
    Effect.provide(layerClient({ ...config, maxConnections: 1 }), { local: true }),
    Effect.withSpan("PgMigrations.enableRowLevelSecurity")
  )

/**
 * Tells a database that it was restored from a dump into another cluster, where transactions are numbered anew, and
 * answers whether it was: the feed then goes on with what is written here, and every cursor that was saved or given out
 * before stays good. Run it once after restoring, before any process opens the database, with the right to write to its
 * tables; until then a store refuses to open. It is not needed after a failover, a restart or a restored base backup,
 * which keep the numbering, and does no harm after pg_upgrade, where a store asks for it too.
 *
 * Where Postgres does not let the role call `pg_control_system()`, nothing asks for it, and it takes for granted that it
 * is needed.
 */
export const adopt = (config: PgStoreConfig): Effect.Effect<boolean, StoreError | InvalidDatabaseUrl> =>
  Effect.gen(function* () {
    const client = yield* PgClient
    return yield* transaction(client, "BEGIN", (connection) =>
      Effect.andThen(
        connection.executeUnprepared(`SELECT pg_advisory_xact_lock(${lock})`, [], undefined),
        beginEra(connection, quoted(config.schema ?? defaultSchema))
      )
    )
  }).pipe(
    Effect.provide(layerClient({ ...config, maxConnections: 1 }), { local: true }),
    Effect.withSpan("PgMigrations.adopt")
  )

const steps = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const s = quoted(schema)
  const run = (statement: string, params: ReadonlyArray<unknown> = []): Effect.Effect<unknown, SqlError> =>
    connection.executeUnprepared(statement, params, undefined)
  // Waiting for another process's migration is no sign of trouble.
  yield* run("SET LOCAL lock_timeout = 0")
  yield* run("SET LOCAL statement_timeout = 0")
  // What changes rows changes those of all organizations.
  yield* setReach(connection, "all")
  yield* run(`SELECT pg_advisory_xact_lock(${lock})`)
  const version = yield* versionOf(connection, schema)
  if (version === null) yield* begin(connection, schema)
  for (const { id, name, statements } of migrations.slice(version ?? 0)) {
    for (const statement of statements(s)) yield* run(statement)
    yield* run(`INSERT INTO ${s}.stockbook_migrations (id, name) VALUES ($1, $2)`, [id, name])
  }
  if ((version ?? 0) <= schemaVersion) yield* noteEra(connection, s)
  return version ?? 0
})

const begin = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const s = quoted(schema)
  const present = yield* connection.executeValues("SELECT FROM pg_namespace WHERE nspname = $1", [schema])
  if (present.length === 0) yield* connection.executeUnprepared(`CREATE SCHEMA ${s}`, [], undefined)
  yield* connection.executeUnprepared(
    `CREATE TABLE ${s}.stockbook_migrations (
      id int PRIMARY KEY,
      name text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`,
    [],
    undefined
  )
})

/** The version the schema has; `null` before the first migration. */
const versionOf = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const table = `${quoted(schema)}.stockbook_migrations`
  const [row] = yield* connection.executeValues("SELECT to_regclass($1) IS NOT NULL", [table])
  if (row?.[0] !== true) return null
  const [newest] = yield* connection.executeValues(`SELECT coalesce(max(id), 0) FROM ${table}`, [])
  return Number(newest?.[0])
})
