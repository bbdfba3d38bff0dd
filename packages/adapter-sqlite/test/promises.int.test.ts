import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promiseSuite } from "@stockbook/core/testing"
import { afterAll, expect, it } from "vitest"
import { isStockbookError, openStockbook } from "../src/index.ts"

const folder = mkdtempSync(join(tmpdir(), "stockbook-"))
afterAll(() => rmSync(folder, { recursive: true }))
const filename = join(folder, "stock.db")

promiseSuite("SQLite", () => openStockbook({ filename }))

it("finds what was stored when it is opened again", async () => {
  const first = await openStockbook({ filename })
  const { id } = await first.createOrganization("Acme")
  await first.close()
  await using again = await openStockbook({ filename })
  expect(await again.organization(id).organization()).toMatchObject({ id, name: "Acme" })
})

it("says with a code that a file cannot be opened", async () => {
  const error = await openStockbook({ filename: join(folder, "nowhere", "stock.db") }).catch((error: unknown) => error)
  expect(isStockbookError(error) && error.code === "StoreError" && error.reason).toBe("unavailable")
})

it.each([
  [undefined, ""],
  [{}, "filename"],
  [{ filename: "" }, "filename"],
  [{ filename: 5 }, "filename"],
  [{ filename: ":memory:", fileName: "stock.db" }, "fileName"],
  [{ filename: ":memory:", batchSize: -1 }, "batchSize"]
])("is not opened with %j, and names the field", async (options, field) => {
  const open: (options: never) => Promise<unknown> = openStockbook
  const error = await open(options as never).catch((error: unknown) => error)
  expect(isStockbookError(error) && error.code === "InvalidInput" && error.issues[0]?.path.join(".")).toBe(field)
})

it("joins nothing but a handle of SQLite's", async () => {
  await using stockbook = await openStockbook({ filename: ":memory:" })
  const { within } = await stockbook.createOrganization("Acme")
  const join: (handle: never) => unknown = within
  for (const handle of [undefined, null, {}, "stock.db"]) expect(() => join(handle as never)).toThrow("transaction")
})
