import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteClient, SqliteMigrations, SqliteStore } from "@stockbook/adapter-sqlite"
import { Effect, Layer } from "effect"
import { describe, it } from "vitest"
import { runAs } from "../../../packages/adapter-pg/test/support/admin.ts"
import { freshDatabase } from "../../../packages/adapter-pg/test/support/database.ts"
import { type Fault, unwritable } from "./unwritable.ts"

/** Plays it over a file; the statements are those of the connection that the store has. */
const overSqlite = (faultOf: (sql: SqliteClient.SqliteClient) => Fault) =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "stockbook-"))),
      (made) => Effect.sync(() => rmSync(made, { recursive: true, force: true }))
    )
    const layer = SqliteStore.layerWithClient().pipe(
      Layer.provide(SqliteMigrations.layer()),
      Layer.provideMerge(SqliteClient.layer({ filename: join(folder, "stock.db") }))
    )
    const context = yield* Layer.build(layer)
    const fault = faultOf(yield* Effect.provideContext(SqliteClient.SqliteClient, context))
    yield* Effect.promise(() => unwritable(context, fault))
  }).pipe(Effect.scoped, Effect.runPromise)

/** Plays it over a database; the statements are those of somebody else, who may do anything. */
const overPostgres = (begin: ReadonlyArray<string>, end: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const url = yield* freshDatabase
    const context = yield* Layer.build(PgStore.layer({ url }))
    yield* Effect.promise(() => unwritable(context, { begin: () => runAs(url, begin), end: () => runAs(url, end) }))
  }).pipe(Effect.scoped, Effect.runPromise)

describe("While the disk is full, writes are 503, reads go on, and it recovers by itself", () => {
  it("over SQLite", () =>
    overSqlite((sql) => ({
      begin: () =>
        Effect.runPromise(
          Effect.gen(function* () {
            const [row] = yield* sql<{ readonly page_count: number }>`PRAGMA page_count`
            yield* sql.unsafe(`PRAGMA max_page_count = ${(row?.page_count ?? 0) + 2}`)
          })
        ),
      end: () => Effect.runPromise(Effect.asVoid(sql`PRAGMA max_page_count = 1000000`))
    })))

  it("over Postgres", () =>
    overPostgres(
      [
        // What Postgres answers when a table cannot be extended, and where it would.
        `CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
         END $$`,
        `DO $$ DECLARE name text; BEGIN
           FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'stockbook' LOOP
             EXECUTE format('CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE OR DELETE ON %I EXECUTE FUNCTION disk_full()', name);
           END LOOP;
         END $$`
      ],
      ["DROP FUNCTION disk_full() CASCADE"]
    ))
})

describe("While the store may only be read, writes are 503, reads go on, and it recovers by itself", () => {
  it("over SQLite", () =>
    overSqlite((sql) => ({
      begin: () => Effect.runPromise(Effect.asVoid(sql`PRAGMA query_only = 1`)),
      end: () => Effect.runPromise(Effect.asVoid(sql`PRAGMA query_only = 0`))
    })))

  it("over Postgres", () => {
    const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'stockbook'`
    const set = (value: string) =>
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${value}', current_database()); END $$`
    // As after a failover to a standby, and back: new connections, to which the rule applies.
    return overPostgres([set("on"), others], [set("off"), others])
  })
})
