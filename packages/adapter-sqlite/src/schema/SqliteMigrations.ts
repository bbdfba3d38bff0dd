import { StoreError } from "@stockbook/core"
import { Clock, Effect, Layer } from "effect"
import type { Database } from "../client/Database.ts"
import { SqliteClient } from "../client/SqliteClient.ts"
import { whileBusy } from "../client/whileBusy.ts"
import { migrations, schemaVersion } from "./migrations.ts"
import { NewerSchema } from "./NewerSchema.ts"
import { statistics } from "./statistics.ts"

const marker = `CREATE TABLE IF NOT EXISTS stockbook_migrations (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

/**
 * Brings the schema up to this program's version and returns the version it found.
 *
 * Everything happens in one `BEGIN IMMEDIATE`, the look at the present version included: of any number of processes
 * that start at once one migrates, and the others, waiting asleep, find it done. Effect's `Migrator` makes its table
 * before its transaction and reads rows newer than its own as up to date, which is why it is not used here.
 */
export const migrate: Effect.Effect<number, StoreError | NewerSchema, SqliteClient> = Effect.gen(function* () {
  const client = yield* SqliteClient
  const now = yield* Clock.currentTimeMillis
  const found = yield* whileBusy(client.transaction((database) => step(database, now)))
  return found > schemaVersion ? yield* new NewerSchema({ found, supported: schemaVersion }) : found
}).pipe(Effect.withSpan("SqliteMigrations.migrate"))

/** Migrates before anything built on it starts. */
export const layer = (): Layer.Layer<never, StoreError | NewerSchema, SqliteClient> => Layer.effectDiscard(migrate)

/** Makes sure, without changing anything, that the schema is the one this program works with. */
export const layerCheck = (): Layer.Layer<never, StoreError | NewerSchema, SqliteClient> => Layer.effectDiscard(check)

const check = Effect.gen(function* () {
  const client = yield* SqliteClient
  const found = yield* whileBusy(client.transaction(versionOf))
  if (found > schemaVersion) return yield* new NewerSchema({ found, supported: schemaVersion })
  if (found < schemaVersion) {
    const message = `The schema is at version ${found} and must be migrated to version ${schemaVersion}`
    return yield* new StoreError({ reason: "unavailable", message, cause: null })
  }
})

/** The version the schema has; 0 before the first migration. */
const versionOf = (database: Database): number =>
  database.get("SELECT 1 FROM sqlite_schema WHERE name = 'stockbook_migrations'") === undefined
    ? 0
    : Number(database.get("SELECT coalesce(max(id), 0) AS version FROM stockbook_migrations")?.["version"])

const step = (database: Database, now: number): number => {
  database.exec(marker)
  const version = versionOf(database)
  for (const { id, name, statements } of migrations.slice(version)) {
    for (const statement of statements) database.exec(statement)
    database.run("INSERT INTO stockbook_migrations (id, name, applied_at) VALUES (?, ?, ?)", id, name, now)
  }
  if (version < schemaVersion) tellPlanner(database)
  return version
}

/** `ANALYZE` of a table that nobody asks about makes SQLite's own table; the second one reads what stands in it. */
const tellPlanner = (database: Database): void => {
  database.exec("ANALYZE stockbook_migrations; DELETE FROM sqlite_stat1")
  for (const row of statistics) database.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", ...row)
  database.exec("ANALYZE sqlite_schema")
}
