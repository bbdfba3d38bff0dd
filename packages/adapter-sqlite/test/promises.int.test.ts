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
