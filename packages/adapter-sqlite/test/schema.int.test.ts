import { describe, it } from "@effect/vitest"
import { Catalog, Stockbook } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { expect } from "vitest"
import { Database, NewerSchema, SqliteClient, SqliteMigrations, SqliteStore } from "../src/index.ts"
import * as statements from "../src/stock/statements.ts"
import { run } from "./support/processes.ts"
import { inStore, scratchFile } from "./support/scratch.ts"

describe("The schema", () => {
  it.live("of a newer program is refused, naming both versions, and left alone", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* inStore(filename, Effect.void)
      const newer = new Database({ filename })
      newer.exec("INSERT INTO stockbook_migrations VALUES (7, 'yet to come', 0)")
      const error = yield* Effect.flip(inStore(filename, Effect.void))
      expect(error).toEqual(new NewerSchema({ found: 7, supported: 1 }))
      expect(error.message).toBe("The database has schema version 7; this program knows versions up to 1")
      expect(newer.get("SELECT max(id) AS id FROM stockbook_migrations")).toEqual({ id: 7 })
      newer.close()
    }).pipe(Effect.scoped)
  )

  it.live("is left as it is, and asked for, by who may not make it", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const open = Effect.scoped(Layer.build(Layer.fresh(SqliteStore.layerWithoutMigrations({ filename }))))
      expect((yield* Effect.flip(open)).message).toBe(`There is no file ${filename}`)
      new Database({ filename }).close()
      expect((yield* Effect.flip(open)).message).toBe("The schema is at version 0 and must be migrated to version 1")
      yield* inStore(filename, Effect.void)
      yield* open
      const newer = new Database({ filename })
      newer.exec("INSERT INTO stockbook_migrations VALUES (7, 'yet to come', 0)")
      newer.close()
      expect(yield* Effect.flip(open)).toEqual(new NewerSchema({ found: 7, supported: 1 }))
    }).pipe(Effect.scoped)
  )

  it.live("is made once, and found the second time", () =>
    Effect.gen(function* () {
      expect(yield* SqliteMigrations.migrate).toBe(0)
      expect(yield* SqliteMigrations.migrate).toBe(1)
    }).pipe(Effect.provide(SqliteClient.layer({ filename: ":memory:" })))
  )

  it.live("is made by one of ten processes that open a new file at once", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const children = Array.from({ length: 10 }, () => run("open", filename))
      const lines = yield* Effect.promise(() => Promise.all(children.map((child) => child.done)))
      expect(
        lines
          .flat()
          .map(Number)
          .toSorted((a, b) => a - b)
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }).pipe(Effect.scoped)
  )

  it.live("has strict tables only, with the organization first in every key of a tenant's table", () =>
    Effect.gen(function* () {
      const { transaction } = yield* SqliteClient.SqliteClient
      yield* SqliteMigrations.migrate
      const loose = yield* transaction((database) =>
        database.all(
          `SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0
            AND type = 'table' AND name NOT LIKE 'sqlite_%'`
        )
      )
      expect(loose).toEqual([])
      const keys = yield* transaction((database) =>
        database.all(`SELECT t.name AS "table", c.name AS first FROM pragma_table_list t JOIN pragma_table_info(t.name) c
          WHERE t.schema = 'main' AND t.type = 'table' AND c.pk = 1 AND c.name <> 'organization' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1`)
      )
      const ofTheStore = ["organizations", "sequences", "stockbook_migrations", "subscriptions", "users"]
      expect(keys.map((key) => key["table"])).toEqual(ofTheStore)
    }).pipe(Effect.provide(SqliteClient.layer({ filename: ":memory:" })))
  )

  it.live("lets every statement of the write path find its rows by an index", () =>
    Effect.gen(function* () {
      const { transaction } = yield* SqliteClient.SqliteClient
      yield* SqliteMigrations.migrate
      const reading = Object.entries(statements).flatMap(([name, sql]) =>
        typeof sql === "string" ? [[name, sql]] : []
      )
      for (const [name = "", sql = ""] of reading.filter(([, sql]) => !sql?.startsWith("INSERT"))) {
        const plan = yield* transaction((database) => database.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
        const steps = plan.map((step) => String(step["detail"]))
        expect(steps.join("; "), name).not.toContain("SCAN")
        // An organization alone is as good as a scan.
        for (const step of steps) expect(step, name).not.toMatch(/(USING .*\(organization=\?\))$/)
      }
    }).pipe(Effect.provide(SqliteClient.layer({ filename: ":memory:" })))
  )

  it.live("of two stores in one program stays apart", () =>
    Effect.gen(function* () {
      const catalogOf = (filename: string) =>
        Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename })))
      const both = Effect.gen(function* () {
        const catalog = yield* Catalog
        const { id } = yield* catalog.createOrganization("Acme")
        const inOther = Effect.flatMap(Catalog, (other) => other.organization(id))
        // Layers are shared by reference, also with those provided further out.
        return [yield* catalog.organization(id), yield* Effect.provide(inOther, catalogOf(":memory:"))]
      })
      const [here, there] = yield* Effect.provide(both, catalogOf(":memory:"))
      expect(here?.name).toBe("Acme")
      expect(there).toBeNull()
    })
  )
})
