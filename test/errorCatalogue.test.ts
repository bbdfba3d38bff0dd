import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"

const root = dirname(import.meta.dirname)
const page = readFileSync(join(root, "docs", "reference", "errors.md"), "utf8")
const described = new Map(
  Array.from(page.matchAll(/^\| `([A-Z]\w+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm), ([, code = "", ...columns]) => [
    code,
    columns
  ])
)

/** Every tagged error that a published package can fail with. */
const codes = new Set(
  globSync("packages/*/src/**/*.ts", { cwd: root, exclude: (path) => path.endsWith("testing") }).flatMap((file) =>
    Array.from(
      readFileSync(join(root, file), "utf8").matchAll(/extends Schema\.TaggedError<\w+>\(\)\(\s*"(\w+)"/g),
      ([, code = ""]) => code
    )
  )
)

describe("the error catalogue", () => {
  it("has every error there is, and no other", () => {
    expect(codes.size).toBeGreaterThan(80)
    expect([...described.keys()].sort()).toEqual([...codes].sort())
  })

  it.each([...described])("says of %s what it means and what to do", (_code, columns) => {
    for (const column of columns) expect(column.trim()).not.toBe("")
  })
})
