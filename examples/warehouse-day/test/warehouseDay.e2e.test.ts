import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"

const script = join(dirname(import.meta.dirname), "src", "main.ts")

it("goes from the delivery to the report", () => {
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=@stockbook/source", script], {
    encoding: "utf8"
  })
  expect(stdout.split("\n").filter((line) => line.startsWith("  "))).toEqual([
    "  North 50",
    "  pick 20 of L-1",
    "  pick 4 of L-2",
    "  North 26",
    "  on its way: 10",
    "  North 16, South 9",
    "  the books said 16, there are 15",
    "  North 15, South 9",
    "  24 crates, 219.24",
    "  0 differences between the stock and its ledger"
  ])
  expect(status).toBe(0)
})
