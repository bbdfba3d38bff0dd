import { isStockbookError, OrganizationId } from "@stockbook/core"
import { Effect, Exit, Layer } from "effect"
import { Client } from "pg"
import { describe, expect, it } from "vitest"
import { openStockbook, PgRetention, PgStore } from "../src/index.ts"
import { policy } from "../src/schema/rowLevelSecurity.ts"
import { runAs } from "./support/admin.ts"
import { fencedScene, within, withoutGuards } from "./support/fencedScene.ts"

const scene = fencedScene()

/** The columns of a table that an INSERT may name, by the catalogue. */
const writable = (url: string, table: string) =>
  within(url, "none", (sql) =>
    Effect.map(
      sql<{ readonly name: string }>`SELECT column_name AS name FROM information_schema.columns
        WHERE table_schema = 'stockbook' AND table_name = ${table} AND is_generated = 'NEVER'`,
      (rows) => rows.map(({ name }) => name)
    )
  )

describe("Row-level security", () => {
  it("keeps every table with an organization, and those without are known", async () => {
    const { url, tables } = scene()
    const all = await within(
      url,
      "none",
      (sql) =>
        sql<{ readonly table: string; readonly kept: boolean; readonly policies: ReadonlyArray<string> }>`SELECT
          c.relname AS table, c.relrowsecurity AND c.relforcerowsecurity AS kept,
          ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
        FROM pg_class c WHERE c.relnamespace = 'stockbook'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        ORDER BY c.relname`
    )
    const owned = new Set(tables.map(([table]) => table))
    expect(all.filter(({ table }) => !owned.has(table)).map(({ table }) => table)).toEqual([
      "eras",
      "stockbook_migrations",
      "subscriptions"
    ])
    expect(all.filter(({ table }) => owned.has(table))).toEqual(
      tables.map(([table]) => ({ table, kept: true, policies: [policy] }))
    )
  })

  it("leaves of every table an organization's own rows to a statement that names no organization", async () => {
    const { clerk, one, other, tables } = scene()
    const organizationsIn = (table: string, column: string, reach: Parameters<typeof within>[1]) =>
      within(clerk.url, reach, (sql) =>
        Effect.map(
          sql.unsafe<{ readonly organization: number }>(
            `SELECT DISTINCT ${column} AS organization FROM ${table} ORDER BY ${column}`
          ),
          (rows) => rows.map(({ organization }) => organization)
        )
      )
    for (const [table, column] of tables) {
      expect([table, await organizationsIn(table, column, one.organization)]).toEqual([table, [one.organization]])
      expect([table, await organizationsIn(table, column, other.organization)]).toEqual([table, [other.organization]])
      expect([table, await organizationsIn(table, column, "none")]).toEqual([table, []])
      expect([table, await organizationsIn(table, column, "all")]).toEqual([
        table,
        [one.organization, other.organization]
      ])
    }
  })

  it("refuses every change of another organization's rows, by a statement that names it", async () => {
    const current = scene()
    const { url, clerk, one, other, tables } = current
    await withoutGuards(current)
    const contents = (table: string) =>
      within(url, "none", (sql) =>
        sql.unsafe(`SELECT string_agg(row::text, chr(10) ORDER BY row::text) AS rows FROM ${table} AS row`)
      )
    const attempt = (statement: string, ...parameters: ReadonlyArray<unknown>) =>
      Effect.runPromise(
        Effect.promise(() => within(clerk.url, one.organization, (sql) => sql.unsafe(statement, parameters))).pipe(
          Effect.exit
        )
      )
    for (const [table, column] of tables) {
      const before = await contents(table)
      for (const statement of [
        `UPDATE ${table} SET ${column} = ${column} WHERE ${column} = $1 RETURNING 1`,
        `DELETE FROM ${table} WHERE ${column} = $1 RETURNING 1`,
        `SELECT FROM ${table} WHERE ${column} = $1 FOR UPDATE`
      ]) {
        const exit = await attempt(statement, other.organization)
        expect([statement, Exit.isSuccess(exit) ? exit.value : String(exit.cause)]).toEqual([statement, []])
      }
      const columns = await writable(url, table)
      const copied = columns.map((name) => (name === column ? "$1::bigint" : `"${name}"`)).join(", ")
      const names = columns.map((name) => `"${name}"`).join(", ")
      for (const statement of [
        `UPDATE ${table} SET ${column} = $1`,
        `INSERT INTO ${table} (${names}) SELECT ${copied} FROM ${table} LIMIT 1`
      ]) {
        const exit = await attempt(statement, other.organization)
        expect([statement, Exit.isSuccess(exit) ? exit.value : String(exit.cause)]).toEqual([
          statement,
          expect.stringContaining(`new row violates row-level security policy for table "${table}"`)
        ])
      }
      expect(await contents(table)).toEqual(before)
    }
  })
})

describe("A store", () => {
  const refusal = (options: Parameters<typeof openStockbook>[0]) =>
    openStockbook(options).then(
      (stockbook) => stockbook.close(),
      (error: unknown) =>
        isStockbookError(error) && error.code === "NoRowLevelSecurity" ? error : Promise.reject(error)
    )

  it("opens for no role that goes past row-level security, asked for or there", async () => {
    const { url, trespasser } = scene()
    const role = new URL(url).username
    expect(await refusal({ url })).toMatchObject({ reason: "superuser", role, tables: [] })
    expect(await refusal({ url, rowLevelSecurity: true })).toMatchObject({ reason: "superuser", role, tables: [] })
    expect(await refusal({ url: trespasser.url })).toMatchObject({
      reason: "bypassrls",
      role: trespasser.name,
      message: `Row-level security does not hold for a role with BYPASSRLS (${trespasser.name})`
    })
  })

  it("is not sharded", async () => {
    const { clerk } = scene()
    expect(await refusal({ url: clerk.url, sharded: true })).toMatchObject({ reason: "sharded", role: clerk.name })
  })

  it("opens where row-level security is, for a role that it holds for, without being asked", async () => {
    const { clerk, one } = scene()
    await using stockbook = await openStockbook({ url: clerk.url })
    expect((await stockbook.organization(one.organization).stock(one.item))?.total.available).toBe(1)
  })

  it("opens no database that has a table without it", async () => {
    const { url, clerk } = scene()
    await runAs(url, ["CREATE TABLE notes (organization bigint)"])
    expect(await refusal({ url: clerk.url })).toMatchObject({ reason: "tables", tables: ["notes"] })
    await runAs(url, ["ALTER TABLE notes ENABLE ROW LEVEL SECURITY"])
    expect(await refusal({ url: clerk.url })).toMatchObject({ reason: "tables", tables: ["notes"] })
    await runAs(url, ["DROP TABLE notes", "CREATE POLICY everything ON items USING (true)"])
    expect(await refusal({ url: clerk.url })).toMatchObject({ reason: "tables", tables: ["items"] })
    await runAs(url, ["DROP POLICY everything ON items", "ALTER TABLE items NO FORCE ROW LEVEL SECURITY"])
    expect(await refusal({ url: clerk.url })).toMatchObject({ reason: "tables", tables: ["items"] })
    await runAs(url, ["ALTER TABLE items FORCE ROW LEVEL SECURITY"])
  })

  it("gives the tables it owns row-level security where it is asked to, and is held by it", async () => {
    const { url, clerk, tables } = scene()
    const database = new URL(url).pathname.slice(1)
    await runAs(url, [`GRANT CREATE ON DATABASE ${database} TO ${clerk.name}`])
    const config = { url: clerk.url, schema: "own" }
    await (await openStockbook(config)).close()
    const unasked = PgStore.layerWithoutMigrations({ ...config, rowLevelSecurity: true })
    expect(await Effect.runPromise(Effect.flip(Effect.scoped(Layer.build(unasked))))).toMatchObject({
      _tag: "NoRowLevelSecurity",
      reason: "tables",
      tables: tables.map(([table]) => table)
    })
    await using stockbook = await openStockbook({ ...config, rowLevelSecurity: true })
    const inventory = await stockbook.createOrganization("Acme")
    await stockbook.createOrganization("Emca")
    expect((await inventory.locations.list()).total).toBe(2)
    const names = (reach: Parameters<typeof within>[1]) =>
      within(clerk.url, reach, (sql) => sql`SELECT name FROM own.organizations ORDER BY id`)
    expect(await names("none")).toEqual([])
    expect(await names(OrganizationId.make(inventory.id))).toEqual([{ name: "Acme" }])
    expect(await names("all")).toEqual([{ name: "Acme" }, { name: "Emca" }])
  })

  it("joins a host's transaction for each organization in turn, and leaves it without one", async () => {
    const { clerk, one, other } = scene()
    await using stockbook = await openStockbook({ url: clerk.url })
    const client = new Client({ connectionString: clerk.url })
    await client.connect()
    const seen = async () => (await client.query("SELECT id FROM stockbook.organizations")).rows
    await client.query("BEGIN")
    for (const { organization, item } of [one, other]) {
      const joined = stockbook.organization(organization).within(client)
      const { items } = await joined.issue({ lines: [{ item, quantity: 1, serials: ["C"] }] })
      expect(items[0]?.available).toBe(0)
      const refused = joined.issue({ lines: [{ item, quantity: 1, serials: ["C"] }] })
      expect(await refused.catch((error: unknown) => isStockbookError(error) && error.code)).toBe("InsufficientStock")
      expect(await seen()).toEqual([])
    }
    // What the host has said is said again.
    await client.query("SELECT set_config('stockbook.organization', '*', true)")
    await stockbook
      .organization(one.organization)
      .within(client)
      .release({ hold: { reference: "none" } })
      .catch(() => 0)
    expect((await seen()).length).toBe(2)
    await client.query("ROLLBACK")
    await client.end()
  })

  it("finds what a command changes by indexes", async () => {
    const { clerk } = scene()
    await using stockbook = await openStockbook({ url: clerk.url })
    const inventory = await stockbook.createOrganization("Large")
    const items = await inventory.items.createMany(Array.from({ length: 300 }, (_, n) => ({ name: `Item ${n}` })))
    const [line, ...more] = items.map(({ id }) => ({ item: id, quantity: 2 }))
    if (line === undefined) throw new Error("There are items")
    await inventory.receive({ lines: [line, ...more] })
    await inventory.reserve({ lines: [line, ...more] })
    const client = new Client({ connectionString: clerk.url })
    await client.connect()
    // As the store has it where it writes.
    await client.query("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off")
    await client.query("BEGIN")
    const within = inventory.within(client)
    await within.receive({ lines: [line] })
    await within.reserve({ reference: "one", lines: [line] })
    await within.release({ hold: { reference: "one" } })
    const { rows } = await client.query(`SELECT relname, seq_tup_read + idx_tup_fetch AS read
      FROM pg_stat_xact_user_tables WHERE schemaname = 'stockbook' AND seq_tup_read + idx_tup_fetch > 100`)
    expect(rows).toEqual([])
    await client.query("ROLLBACK")
    await client.end()
  })

  it("clears what is old of all organizations", async () => {
    const { url, clerk } = scene()
    const left = () =>
      within(url, "none", (sql) => sql`SELECT DISTINCT organization FROM idempotency ORDER BY organization`)
    expect((await left()).length).toBe(2)
    const { keys } = await Effect.runPromise(PgRetention.clear({ url: clerk.url }, { keys: 0 }))
    expect(keys).toBe(2)
    expect(await left()).toEqual([])
  })
})
