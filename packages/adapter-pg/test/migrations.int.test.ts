import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, describe, it } from "@effect/vitest"
import { Store } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"

const open = (config: PgStore.PgStoreConfig) =>
  Effect.provide(
    Store.use((store) => store.ready),
    Layer.fresh(PgStore.layer({ maxConnections: 1, ...config }))
  )

describe("Migrations", () => {
  it.live("are carried out once when ten processes start at once", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      yield* Effect.all(
        Array.from({ length: 10 }, () => open({ url })),
        { concurrency: "unbounded" }
      )
      const rows = yield* Effect.provide(
        PgClient.use((sql) => sql`SELECT id, name FROM stockbook_migrations`),
        adminOf(url)
      )
      assert.deepStrictEqual(rows, [{ id: 1, name: "initial" }])
    })
  )

  it.live("leave a newer schema alone, and say so", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      yield* open({ url })
      yield* Effect.provide(
        PgClient.use((sql) => sql`INSERT INTO stockbook_migrations (id, name) VALUES (99, 'of the future')`),
        adminOf(url)
      )
      const error = yield* Effect.flip(open({ url }))
      assert.deepInclude(error, { _tag: "NewerSchema", found: 99, supported: 1 })
      const unmigrated = Effect.provide(
        Store.use((store) => store.ready),
        Layer.fresh(PgStore.layerWithoutMigrations({ url }))
      )
      assert.deepInclude(yield* Effect.flip(unmigrated), { _tag: "NewerSchema", found: 99, supported: 1 })
    })
  )

  it.live("keep stores of several schemas apart in one database", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      yield* open({ url, schema: "one" })
      yield* open({ url, schema: 'the "second"' })
      const sql = yield* Effect.provide(
        PgClient.use(
          (client) =>
            client<{ readonly n: number }>`SELECT count(*)::int AS n FROM pg_tables WHERE tablename = 'movements'`
        ),
        adminOf(url)
      )
      assert.deepStrictEqual(sql, [{ n: 2 }])
    })
  )

  it.live("need no rights at run time that they needed", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      yield* open({ url })
      const role = `clerk_${new URL(url).pathname.slice(1)}`
      const admin = Effect.provide(
        PgClient.use((sql) =>
          Effect.forEach(
            [
              `CREATE ROLE ${role} LOGIN PASSWORD 'clerk'`,
              `GRANT USAGE ON SCHEMA stockbook TO ${role}`,
              `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA stockbook TO ${role}`,
              `GRANT USAGE ON ALL SEQUENCES IN SCHEMA stockbook TO ${role}`
            ],
            (statement) => sql.unsafe(statement)
          )
        ),
        adminOf(url)
      )
      yield* admin
      const asClerk = new URL(url)
      asClerk.username = role
      asClerk.password = "clerk"
      const made = yield* Effect.provide(
        Store.use(({ catalog }) => catalog.insertOrganization("Acme", ["Main"])),
        Layer.fresh(PgStore.layerWithoutMigrations({ url: asClerk.href }))
      )
      assert.strictEqual(made.name, "Acme")
      const migrating = yield* Effect.exit(open({ url: asClerk.href, schema: "elsewhere" }))
      assert.strictEqual(migrating._tag, "Failure")
      yield* Effect.provide(
        PgClient.use((sql) =>
          Effect.forEach([`DROP OWNED BY ${role}`, `DROP ROLE ${role}`], (statement) => sql.unsafe(statement))
        ),
        adminOf(url)
      )
    })
  )

  it.live("that were never carried out are missed at once", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      const error = yield* Effect.flip(
        Effect.provide(
          Store.use((store) => store.ready),
          Layer.fresh(PgStore.layerWithoutMigrations({ url }))
        )
      )
      assert.deepInclude(error, { _tag: "StoreError", reason: "unavailable" })
    })
  )
})
