import * as PgClient from "@effect/sql-pg/PgClient"
import { type JoinedHost, joinSuite } from "@stockbook/core/testing"
import { Effect, Exit, Layer, Redacted, Scope } from "effect"
import { Client, Pool } from "pg"
import { afterAll, expect, it } from "vitest"
import { isStockbookError, openStockbook, type PgHostClient, PgStore } from "../src/index.ts"
import { freshDatabase } from "./support/database.ts"
import { spread } from "./support/distribution.ts"

const scope = Scope.makeUnsafe()
const database = () => Effect.runPromise(Scope.provide(freshDatabase, scope))
const url = database()
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

/** A host on a database that is its stockbook's too. */
const hostOn = async (connectionString: string, sharded: boolean): Promise<JoinedHost<PgHostClient>> => {
  const stockbook = await openStockbook({ url: connectionString, sharded })
  const pool = new Pool({ connectionString })
  await pool.query("CREATE TABLE orders (reference text NOT NULL, hold bigint NOT NULL)")
  return {
    stockbook,
    begin: async () => {
      const client = await pool.connect()
      await client.query("BEGIN")
      const end = async (statement: string) => {
        await client.query(statement)
        client.release()
      }
      return {
        transaction: client,
        // The host's own tables are found where they were, whatever was carried out before.
        order: async (reference, hold) => {
          await client.query("INSERT INTO orders VALUES ($1, $2)", [reference, hold])
        },
        commit: () => end("COMMIT"),
        rollBack: () => end("ROLLBACK")
      }
    },
    idle: async () => {
      const client = await pool.connect()
      return { transaction: client, end: async () => client.release() }
    },
    orders: async () => (await pool.query("SELECT reference FROM orders")).rows.map(({ reference }) => reference),
    close: async () => {
      await pool.end()
      await stockbook.close()
    }
  }
}

joinSuite("Postgres", async () => hostOn(await url, false))

joinSuite("Postgres, sharded", async () => {
  const spreadUrl = await database()
  await Effect.runPromise(spread(spreadUrl))
  return hostOn(spreadUrl, true)
})

/** A stockbook with an item, and a client of the host's; all is over when it is disposed of. */
const opened = async () => {
  const connectionString = await url
  const stockbook = await openStockbook({ url: connectionString })
  const inventory = await stockbook.createOrganization("Acme")
  const { id: item } = await inventory.items.create({ name: "Lamp" })
  await inventory.receive({ lines: [{ item, quantity: 2 }] })
  const client = new Client({ connectionString })
  await client.connect()
  return {
    inventory,
    item,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.end()
      await stockbook.close()
    }
  }
}

const issue = (item: number) => ({ lines: [{ item, quantity: 1 }] }) as const

it("is refused by a snapshot that is older than an item, which stays as it was", async () => {
  await using host = await opened()
  const { inventory, item, client } = host
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
  await client.query("SELECT 1 FROM stockbook.items LIMIT 1")
  await inventory.issue(issue(item))
  const error = await inventory
    .within(client)
    .issue(issue(item))
    .catch((error: unknown) => error)
  expect(isStockbookError(error) && error.code === "StoreError" && error.reason).toBe("conflict")
  // The host can go on with it all the same.
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }])
  await client.query("ROLLBACK")
  expect((await inventory.stock(item))?.total.available).toBe(1)
})

it("says so when the transaction has failed already, and when its connection is lost", async () => {
  await using host = await opened()
  const { inventory, item, client } = host
  const within = inventory.within(client)
  const refusal = () => within.issue(issue(item)).catch((error: unknown) => error)
  await client.query("BEGIN")
  await client.query("SELECT nonsense").catch(() => undefined)
  expect(await refusal()).toMatchObject({ code: "NoTransaction" })
  await client.query("ROLLBACK; BEGIN")
  client.on("error", () => undefined)
  await client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => undefined)
  expect(await refusal()).toMatchObject({ code: "StoreError", reason: "unavailable" })
  expect((await inventory.stock(item))?.total.available).toBe(2)
})

it("joins a transaction of @effect/sql-pg", async () => {
  await using host = await opened()
  const { inventory, item } = host
  const command = { _tag: "Issue", organization: inventory.id, ...issue(item) } as const
  const program = Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    expect((yield* Effect.flip(PgStore.within(sql)))._tag).toBe("NoTransaction")
    const sale = Effect.gen(function* () {
      const stock = yield* PgStore.within(sql)
      const { items } = yield* stock.execute(command)
      yield* sql`CREATE TABLE IF NOT EXISTS public.receipts (available bigint)`
      yield* sql`INSERT INTO receipts VALUES (${items[0]?.available ?? 0})`
      return items[0]?.available
    })
    expect(yield* sql.withTransaction(sale)).toBe(1)
    const failed = sql.withTransaction(Effect.andThen(sale, Effect.fail("changed my mind")))
    expect(yield* Effect.flip(failed)).toBe("changed my mind")
    return yield* sql`SELECT CAST(available AS int) AS available FROM receipts`
  })
  const client = PgClient.layer({ url: Redacted.make(await url) })
  expect(await Effect.runPromise(Effect.provide(program, Layer.fresh(client)))).toEqual([{ available: 1 }])
  expect((await inventory.stock(item))?.total.available).toBe(1)
})
