import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { openStockbook } from "@stockbook/adapter-sqlite"
import { expect, it } from "vitest"
import { proof } from "../src/proof.ts"

const script = join(dirname(import.meta.dirname), "src", "main.ts")

it("sells 500 units to 10,000 buyers, and proves it", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=@stockbook/source", script], {
    encoding: "utf8"
  })
  expect(stderr.replaceAll(/.*Warning.*\n/g, "")).toBe("")
  expect(stdout).toContain("10000 of 10000 buyers answered")
  const [, sold, letGo, refused] = /^(\d+) sold, (\d+) let go, (\d+) refused, 500 asked twice/m.exec(stdout) ?? []
  expect(Number(sold)).toBe(500)
  expect(Number(sold) + Number(letGo) + Number(refused)).toBe(10_000)
  expect(stdout).toContain("proved: nothing was oversold")
  expect(status).toBe(0)
})

it("does not prove what is not so", async () => {
  await using stockbook = await openStockbook({ filename: ":memory:" })
  const inventory = await stockbook.createOrganization("Flash")
  const { id: item } = await inventory.items.create({ name: "Console" })
  await inventory.receive({ lines: [{ item, quantity: 2 }] })
  await inventory.reserve({ reference: "order-1", lines: [{ item, quantity: 2 }] })
  await inventory.fulfil({ hold: { reference: "order-1" } })
  expect(await proof(inventory, item, 1, new Set(["order-1", "order-2"]))).toEqual([
    "2 units were shipped, of 1.",
    "1 holds were shipped, to 2 buyers.",
    "Somebody was sent more than one."
  ])
})
