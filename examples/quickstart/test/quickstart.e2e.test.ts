import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"

const script = join(dirname(import.meta.dirname), "src", "main.ts")

it("prints what happened, in thirty lines", () => {
  expect(readFileSync(script, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(30)
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=@stockbook/source", script], {
    encoding: "utf8"
  })
  expect(stdout).toBe(
    [
      "order-1 holds 4, 6 are left",
      "order-2 wants 7, 6 are left",
      "{ available: 6, reserved: 0, committed: 0, quarantined: 0 }",
      "Receive 10, 10 available",
      "Reserve 4, 6 available",
      "Commit 4, 6 available",
      "Fulfil 4, 6 available",
      "0 differences between the stock and the ledger",
      ""
    ].join("\n")
  )
  expect(status).toBe(0)
})
