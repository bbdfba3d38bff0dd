import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openStockbook } from "@stockbook/adapter-sqlite"
import { counter } from "./counter.ts"
import { proof } from "./proof.ts"
import { sell } from "./sell.ts"

const [buyers, units] = [count(process.argv[2], 10_000), count(process.argv[3], 500)]
const folder = mkdtempSync(join(tmpdir(), "flash-sale-"))

const stockbook = await openStockbook({ filename: join(folder, "sale.db"), capacity: 2 * buyers })
try {
  const inventory = await stockbook.createOrganization("Flash")
  const { id: item } = await inventory.items.create({ name: "Console", sku: "CONSOLE-1" })
  await inventory.receive({ lines: [{ item, quantity: units }] })

  const screen = counter(units, buyers)
  const started = performance.now()
  const sale = await sell(inventory, item, buyers, screen.count)
  screen.done()

  const { sold, refused, letGo, repeated } = sale
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  console.log(`${sold.size} sold, ${letGo} let go, ${refused} refused, ${repeated} asked twice, in ${seconds} s`)
  const faults = await proof(inventory, item, units, sold)
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? "proved: nothing was oversold" : "not proved")
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await stockbook.close()
  rmSync(folder, { recursive: true, force: true })
}

function count(argument: string | undefined, otherwise: number): number {
  if (argument === undefined) return otherwise
  if (!/^[1-9]\d{0,5}$/.test(argument)) throw new Error(`${argument} is no number of buyers or units.`)
  return Number(argument)
}
