// Runs every TypeScript example in the READMEs and docstrings. A line `expression // value` is checked: the value must
// be what the expression gives. Of `console.log(expression) // value` it is what is logged.
import { spawnSync } from "node:child_process"
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// Beside the service, whose dependencies are those a reader would install.
const folder = join(root, "examples", "service", ".tmp", "snippets")

interface Snippet {
  readonly name: string
  readonly code: string
}

const snippetsOf = (file: string): ReadonlyArray<Snippet> => {
  const text = readFileSync(file, "utf8").replaceAll(/^[ \t]*\* ?/gm, file.endsWith(".ts") ? "" : "$&")
  return Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = ""], index) => ({
    name: `${relative(root, file)} ${index + 1}`,
    code
  }))
}

const files = [
  ...globSync("{README.md,CONTRIBUTING.md,docs/**/*.md,{packages,examples}/*/README.md}", { cwd: root }),
  ...globSync("packages/*/src/**/*.ts", { cwd: root })
].map((file) => join(root, file))

const snippets = files.flatMap(snippetsOf)

const checked = (code: string): string =>
  [
    'import { deepStrictEqual as same } from "node:assert/strict"',
    ...code.split("\n").map((line) => {
      const [, expression, value] =
        /^([^/\s].*?) \/\/ (".*"|-?\d+|true|false|null|undefined|\[.*\]|\{.*\})$/.exec(line) ?? []
      const shown = /^console\.log\((.*)\)$/.exec(expression ?? "")?.[1] ?? expression
      return shown === undefined ? line : `same(${shown}, ${value})`
    })
  ].join("\n")

describe("the examples in the documentation", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("are there", () => {
    expect(snippets.map(({ name }) => name)).toContain("README.md 1")
  })

  it.each(snippets)("$name runs", ({ name, code }) => {
    const place = join(folder, name.replaceAll(/\W+/g, "-"))
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, "snippet.ts"), checked(code))
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@stockbook/source", join(place, "snippet.ts")],
      { cwd: place, encoding: "utf8", timeout: 60_000 }
    )
    expect(stderr.replaceAll(/.*ExperimentalWarning.*\n|.*--trace-warnings.*\n/g, "")).toBe("")
    expect(status).toBe(0)
  })
})
