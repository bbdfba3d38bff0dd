// `import` and `export` hold a piece of a file at a time. What they may hold in all is the heap they are given here: the
// rows of the file alone are more than that.
import { createReadStream, createWriteStream } from "node:fs"
import { createInterface } from "node:readline"
import { pipeline } from "node:stream/promises"
import { afterAll, expect, it } from "vitest"
import { folder, stockbook } from "./command.ts"
import { openAt } from "./ledger.ts"
import { sqlite } from "./sqlite.ts"

const rows = 12_000
const heap = { NODE_OPTIONS: "--max-old-space-size=48" }
const note = "counted twice, ".repeat(120)

const { file, remove } = folder()
afterAll(remove)

function* movements() {
  for (let row = 0; row < rows; row += 1) {
    // Each tenth one is refused.
    const sku = row % 10 === 9 ? "NONE" : `S-${row % 100}`
    yield `${JSON.stringify({ type: "receive", sku, quantity: 1, reference: `r-${row}`, note: `${row} ${note}` })}\n`
  }
}

const linesOf = async (path: string) => {
  let lines = 0
  for await (const _ of createInterface({ input: createReadStream(path) })) lines += 1
  return lines
}

it("bring in and take out files that are larger than the memory they have", async () => {
  const scene = await sqlite()
  try {
    await using opened = await openAt(scene.url)
    const inventory = await opened.createOrganization("Acme")
    await inventory.items.createMany(Array.from({ length: 100 }, (_, n) => ({ name: `Item ${n}`, sku: `S-${n}` })))
    await pipeline(movements, createWriteStream(file("in.jsonl")))

    const imported = await stockbook(["import", "movements", file("in.jsonl"), "-d", scene.url], { env: heap })
    expect(imported.stderr).toBe("")
    expect(imported.stdout).toContain(`${rows * 0.9} recorded, ${rows * 0.1} refused`)
    expect(await linesOf(file("in.jsonl.refused.csv"))).toBe(rows * 0.1 + 1)

    const exported = await stockbook(["export", "movements", file("out.jsonl"), "-d", scene.url], { env: heap })
    expect(exported.stderr).toBe("")
    expect(await linesOf(file("out.jsonl"))).toBe(rows * 0.9)
  } finally {
    await scene.remove()
  }
}, 120_000)
