import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openStockbookIn } from "@stockbook/core"
import { suite } from "@stockbook/core/testing"
import { Effect, Layer } from "effect"
import { afterAll, expect, it } from "vitest"
import { layer } from "../src/JournalStore.ts"

const folder = mkdtempSync(join(tmpdir(), "stockbook-"))
afterAll(() => rmSync(folder, { recursive: true }))

let stores = 0
/** Each build is a store of its own. */
const fresh = Layer.unwrap(Effect.sync(() => layer(join(folder, `${++stores}.jsonl`))))

suite("A toy adapter", fresh, { histories: 5 })

it("finds what was stored when it is opened again", async () => {
  const store = layer(join(folder, "again.jsonl"))
  const first = await openStockbookIn(store)
  const inventory = await first.createOrganization("Acme")
  const { id: item } = await inventory.items.create({ name: "Lamp", lowStockThreshold: 5 })
  await inventory.receive({ lines: [{ item, quantity: 10 }] })
  await inventory.reserve({ reference: "order-1", lines: [{ item, quantity: 6 }] })
  const before = await inventory.stock(item)
  await first.close()

  const second = await openStockbookIn(store)
  const again = second.organization(inventory.id)
  expect(await again.stock(item)).toEqual(before)
  await again.fulfil({ hold: { reference: "order-1" } })
  expect((await again.stock(item))?.total).toMatchObject({ available: 4, reserved: 0 })
  expect((await second.verify()).differences).toEqual([])
  await second.close()
})
