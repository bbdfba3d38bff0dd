import * as Client from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { type IdentityDriver, Store } from "@stockbook/core"
import { suite } from "@stockbook/core/testing"
import { Effect, Layer, Redacted } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { PgRetention } from "../../src/index.ts"
import type { GlobalStatement } from "./globalStatements.ts"
import { type OrganizationColumns, type Strictness, unscopedTables } from "./organizationFilter.ts"
import { startServer, type TestServer } from "./TestServer.ts"

/**
 * The contract suite on a server of its own, and then a look at every statement the server was given meanwhile, those
 * of functions, triggers and foreign keys included: each must say of which organization it is, or be in the list.
 *
 * A server of its own also because the feed waits for every open transaction of the server, and those of other tests
 * would make it wait longer than the contract does.
 */
export const contract = (
  name: string,
  layerOf: (url: string) => Layer.Layer<Store | IdentityDriver, unknown>,
  options: {
    readonly strictness: Strictness
    readonly global: ReadonlyArray<GlobalStatement>
    readonly histories?: number
  }
): void => {
  let started: Promise<TestServer> | null = null
  let databases = 0
  const server = Effect.promise(() => {
    started ??= startServer([
      "shared_preload_libraries=pg_stat_statements",
      "pg_stat_statements.track=all",
      "pg_stat_statements.track_utility=off"
    ])
    return started
  })
  const database = Effect.gen(function* () {
    const { url } = yield* server
    const made = `store_${++databases}`
    yield* query(`${url}/postgres`, `CREATE DATABASE ${made}`)
    return `${url}/${made}`
  })

  suite(name, Layer.unwrap(Effect.map(database, layerOf)), { histories: options.histories ?? 25 })

  describe(`Every statement of ${name}`, () => {
    it("says of which organization it is, or has a reason not to", async () => {
      const more = Effect.flatMap(database, (url) => Effect.provide(beyondTheSuite(url), layerOf(url)))
      const all = Effect.flatMap(server, ({ url }) => statementsOf(url))
      const statements = await Effect.runPromise(Effect.andThen(more, all))
      const columns = await Effect.runPromise(Effect.flatMap(server, ({ url }) => columnsOf(`${url}/store_1`)))
      const found = new Map<string, ReadonlyArray<string>>()
      for (const statement of statements) {
        const tables = await unscopedTables(statement, options.strictness, columns)
        if (tables.length > 0) found.set(statement, tables)
      }
      const unexplained = Array.from(found).filter(
        ([statement, tables]) => !options.global.some((entry) => isExplained(statement, tables, entry))
      )
      expect(unexplained).toEqual([])
      const needless = options.global.filter(
        (entry) => !Array.from(found).some(([statement, tables]) => isExplained(statement, tables, entry))
      )
      expect(needless).toEqual([])
      // That they were looked at at all.
      for (const table of ["movements", "balances", "item_stock", "hold_lines", "idempotency", "outbox", "locations"]) {
        expect(statements.filter((statement) => statement.includes(table)).length, table).toBeGreaterThan(1)
      }
    })
  })

  afterAll(async () => (await started)?.stop())
}

/** What runs beside the services that the suite looks at. */
const beyondTheSuite = Effect.fnUntraced(function* (url: string) {
  const { ledger, ready } = yield* Store
  yield* ready
  yield* ledger.dueHolds(10)
  yield* ledger.dueBatches(0, 10)
  yield* ledger.itemIds(null, 0, 10)
  yield* PgRetention.clear({ url }, { keys: 0, events: 0 })
})

const isExplained = (statement: string, tables: ReadonlyArray<string>, entry: GlobalStatement): boolean =>
  entry.statement.test(statement) && (entry.tables === "any" || tables.every((table) => entry.tables.includes(table)))

/** Everything that was carried out in the databases of the suite since the server started, but for making the schema. */
const statementsOf = (url: string): Effect.Effect<ReadonlyArray<string>> =>
  Effect.map(
    Effect.andThen(
      query(`${url}/postgres`, "CREATE EXTENSION pg_stat_statements"),
      query(
        `${url}/postgres`,
        `SELECT DISTINCT s.query FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
          WHERE d.datname LIKE 'store\\_%' AND s.query !~ '\\m(stockbook_foreign_keys|pg_spread)\\M'`
      )
    ),
    (rows) => rows.map((row) => String(row["query"]).replaceAll(/\s+/g, " ").trim())
  )

/** Every table with a column of that name, and the organizations themselves. */
const columnsOf = (url: string): Effect.Effect<OrganizationColumns> =>
  Effect.map(
    query(url, `SELECT table_name FROM information_schema.columns WHERE column_name = 'organization'`),
    (rows) =>
      new Map([["organizations", "id"], ...rows.map((row) => [String(row["table_name"]), "organization"] as const)])
  )

const query = (url: string, statement: string) =>
  PgClient.use((sql) => sql.unsafe<Readonly<Record<string, unknown>>>(statement)).pipe(
    Effect.provide(Client.layer({ url: Redacted.make(url), maxConnections: 1 })),
    Effect.orDie
  )
