import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { MemoryStore, Stockbook } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { expect, it } from "vitest"
import { Checkout } from "../src/Checkout.ts"
import { program } from "../src/program.ts"

it("sells ten lamps to sixty buyers over SQLite", () => {
  const script = join(dirname(import.meta.dirname), "src", "main.ts")
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=@stockbook/source", script], {
    encoding: "utf8"
  })
  expect(stdout).toBe("{ sold: 10, available: 0, differences: 0 }\n")
  expect(status).toBe(0)
})

it("is the same program on a store in memory", async () => {
  const services = Checkout.layer.pipe(Layer.provideMerge(Stockbook.layer()), Layer.provide(MemoryStore.layer))
  expect(await Effect.runPromise(Effect.provide(program, services))).toEqual({
    sold: 10,
    available: 0,
    differences: 0
  })
})
