// What `stockbook import` and `export` hold in memory, by the number of rows: the peak of the process, and what is left
// on its heap. ROWS says how many rows, HEAP the old space in MB that each process may have.
import { spawnSync } from "node:child_process"
import { createWriteStream, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { fileURLToPath } from "node:url"
import { openStockbook } from "@stockbook/adapter-sqlite"
import { table } from "./measure.ts"

const sizes = (process.env["ROWS"] ?? "20000,200000").split(",").map(Number)
const heap = Number(process.env["HEAP"] ?? 64)
const items = 5000

const bin = fileURLToPath(new URL("../../packages/cli/src/bin.ts", import.meta.url))
const tell = `process.on("exit", () => process.stderr.write("|" + process.resourceUsage().maxRSS + "|" + process.memoryUsage().heapUsed))`

const stockbook = (...args: ReadonlyArray<string>): string => {
  const node = [
    `--max-old-space-size=${heap}`,
    "--conditions=@stockbook/source",
    `--import=data:text/javascript,${tell}`
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, bin, ...args], { encoding: "utf8" })
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`)
  const [, peak, used] = stderr.split("|").map(Number)
  return `${Math.round((peak ?? 0) / 1024)} MB at most, ${Math.round((used ?? 0) / 1e6)} MB of heap at the end`
}

for (const rows of sizes) {
  const folder = mkdtempSync(join(process.cwd(), ".bench-"))
  const database = `sqlite:${join(folder, "stock.db")}`
  const opened = await openStockbook({ filename: join(folder, "stock.db") })
  const inventory = await opened.createOrganization("Acme")
  for (let at = 0; at < items; at += 1000) {
    await inventory.items.createMany(Array.from({ length: 1000 }, (_, n) => ({ name: "Item", sku: `S-${at + n}` })))
  }
  await opened.close()
  await pipeline(
    function* () {
      yield "type,sku,quantity,reference\n"
      for (let row = 0; row < rows; row += 1) yield `receive,S-${row % items},${1 + (row % 7)},r-${row}\n`
    },
    createWriteStream(join(folder, "in.csv"))
  )
  const where = ["-d", database] as const
  const brought = stockbook("import", "movements", join(folder, "in.csv"), ...where)
  const taken = stockbook("export", "movements", join(folder, "out.csv"), ...where)
  table(`${rows.toLocaleString("en-US")} movements, SQLite, old space of ${heap} MB`, [
    ["import", brought],
    ["export", taken]
  ])
  rmSync(folder, { recursive: true })
}
