import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"
import { spread } from "./support/distribution.ts"

const subject = Layer.unwrap(
  Effect.map(
    Effect.tap(freshDatabase, (url) => spread(url)),
    adminOf
  )
)

const rows = (statement: string) =>
  PgClient.use((sql) =>
    Effect.map(sql.unsafe<{ readonly row: string }>(statement), (found) => found.map(({ row }) => row))
  )

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("A schema that is spread over servers", (it) => {
  it.effect("has every table with an organization where the organization is, but for those of the whole store", () =>
    Effect.gen(function* () {
      const spread = yield* rows("SELECT relation || ' by ' || by_column AS row FROM public.pg_spread")
      const all = yield* rows(`SELECT c.oid::regclass || ' by ' || coalesce(a.attname, 'id') AS row
        FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization'
        WHERE c.relkind = 'r' AND c.relnamespace = 'stockbook'::regnamespace`)
      const whole = [
        "deliveries by organization",
        "eras by id",
        "stockbook_migrations by id",
        "subscriptions by id",
        "users by organization"
      ]
      assert.deepStrictEqual([...spread, ...whole].sort(), all.toSorted())
      const beside = yield* rows("SELECT DISTINCT beside AS row FROM public.pg_spread WHERE beside IS NOT NULL")
      assert.deepStrictEqual(beside, ['"stockbook".organizations'])
    })
  )

  it.effect("has its foreign keys again, each of an organization, and no triggers", () =>
    Effect.gen(function* () {
      const keys = yield* rows(`SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS row FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'stockbook'::regnamespace`)
      assert.isAbove(keys.length, 15)
      const without = keys.filter((key) => !/FOREIGN KEY \((organization\b|id, )/.test(key))
      assert.deepStrictEqual(without, [])
      assert.deepStrictEqual(
        keys.filter((key) => /^(users|deliveries) /.test(key)),
        []
      )
      const triggers = yield* rows("SELECT tgname AS row FROM pg_trigger WHERE NOT tgisinternal")
      assert.deepStrictEqual(triggers, [])
    })
  )
})
