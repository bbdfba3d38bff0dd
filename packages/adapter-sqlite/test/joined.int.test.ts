import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { joinSuite } from "@stockbook/core/testing"
import { Effect } from "effect"
import { afterAll, expect, it } from "vitest"
import { isStockbookError, openStockbook, SqliteStore } from "../src/index.ts"

const folder = mkdtempSync(join(tmpdir(), "stockbook-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** A host's own handle; its waiting must not stop the others of this process. */
const handle = (filename: string) => new DatabaseSync(filename, { timeout: 0 })

const begun = async (own: DatabaseSync) => {
  for (;;) {
    try {
      return own.exec("BEGIN IMMEDIATE")
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

const opened = async (filename: string) => {
  const stockbook = await openStockbook({ filename })
  const outside = handle(filename)
  outside.exec("CREATE TABLE orders (reference TEXT NOT NULL, hold INTEGER NOT NULL)")
  return { stockbook, outside }
}

joinSuite("SQLite", async () => {
  const filename = join(folder, "joined.db")
  const { stockbook, outside } = await opened(filename)
  return {
    stockbook,
    begin: async () => {
      const own = handle(filename)
      await begun(own)
      const end = async (statement: string) => {
        own.exec(statement)
        own.close()
      }
      return {
        transaction: own,
        order: async (reference, hold) => {
          own.prepare("INSERT INTO orders VALUES (?, ?)").run(reference, hold)
        },
        commit: () => end("COMMIT"),
        rollBack: () => end("ROLLBACK")
      }
    },
    idle: async () => {
      const own = handle(filename)
      return { transaction: own, end: async () => own.close() }
    },
    orders: async () =>
      outside
        .prepare("SELECT reference FROM orders")
        .all()
        .map(({ reference }) => String(reference)),
    close: async () => {
      outside.close()
      await stockbook.close()
    }
  }
})

it("refuses a deferred transaction that has read what changed since, and leaves it open", async () => {
  const filename = join(folder, "deferred.db")
  const { stockbook, outside } = await opened(filename)
  const inventory = await stockbook.createOrganization("Acme")
  const { id: item } = await inventory.items.create({ name: "Lamp" })
  const receive = { lines: [{ item, quantity: 1 }] } as const
  outside.exec("BEGIN")
  outside.prepare("SELECT * FROM orders").all()
  await inventory.receive(receive)
  const error = await inventory
    .within(outside)
    .receive(receive)
    .catch((error: unknown) => error)
  expect(isStockbookError(error) && error.code === "StoreError" && error.reason).toBe("conflict")
  expect(outside.isTransaction).toBe(true)
  outside.exec("ROLLBACK; BEGIN")
  // Without a snapshot it takes the write lock with its first command, and takes it before it reads.
  await inventory.within(outside).receive(receive)
  outside.exec("COMMIT")
  expect((await inventory.stock(item))?.total.available).toBe(2)
  outside.close()
  await stockbook.close()
})

it("joins by a handle that gives bigints, for those who use effect", async () => {
  const filename = join(folder, "effect.db")
  const { stockbook, outside } = await opened(filename)
  const inventory = await stockbook.createOrganization("Acme")
  const { id: item } = await inventory.items.create({ name: "Lamp" })
  const own = new DatabaseSync(filename, { readBigInts: true })
  own.exec("BEGIN IMMEDIATE")
  const command = { _tag: "Receive", organization: inventory.id, lines: [{ item, quantity: 4 }] } as const
  const { items } = await Effect.runPromise(SqliteStore.within(own).execute(command))
  expect(items).toMatchObject([{ item, available: 4 }])
  own.exec("COMMIT")
  own.close()
  expect((await inventory.stock(item))?.total.available).toBe(4)
  outside.close()
  await stockbook.close()
})
