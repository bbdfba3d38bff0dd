import { spawnSync } from "node:child_process"
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, it } from "vitest"

const core = dirname(dirname(import.meta.dirname))
const folder = mkdtempSync(join(tmpdir(), "stockbook-declarations-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("has declarations in which promises know nothing of effect", () => {
  const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"))
  const tsc = [join(typescript, "bin", "tsc"), "-p", "tsconfig.build.json", "--outDir", folder]
  const { status, stdout } = spawnSync(process.execPath, tsc, { cwd: core, encoding: "utf8" })
  expect(stdout).toBe("")
  expect(status).toBe(0)

  // From what is exported, as far as it is of the promises: their implementation is not declared to anybody.
  const promises = join(folder, "promises")
  const reached = new Set([join(promises, "index.d.ts")])
  for (const file of reached) {
    const text = readFileSync(file, "utf8")
    expect.soft(text.replaceAll(/\/\*\*[\s\S]*?\*\//g, ""), file).not.toMatch(/\beffect\b|Brand</i)
    for (const [, target = ""] of text.matchAll(/from "(\.[^"]+)\.(?:ts|js)"/g)) {
      const next = join(dirname(file), `${target}.d.ts`)
      if (dirname(next).startsWith(promises)) reached.add(next)
    }
  }
  expect(reached.size).toBeGreaterThan(12)
  expect(reached.size).toBeLessThan(globSync("**/*.d.ts", { cwd: promises }).length)
})
