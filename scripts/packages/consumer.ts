import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { manifestAt, root } from "../workspace.ts"
import type { Packed } from "./packed.ts"

/** What a strict TypeScript user of any package installs beside it; versions are the workspace's own. */
const companions = [
  "@effect/vitest",
  "@types/express",
  "@types/node",
  "effect",
  "express",
  "fast-check",
  "vite",
  "vitest"
]

/** The versions of those, by name. */
export const companionVersions = (): ReadonlyMap<string, string> =>
  new Map(companions.map((name) => [name, manifestAt(manifestFileOf(name)).version]))

/** Programs of a consumer that are run on each Node, by their file names. */
export const programs = ["required.cjs", "imported.mjs", "sale.mjs"] as const

/** Makes a project outside the workspace that depends on the packed packages; nothing is installed in it yet. */
export function consumerOf(packed: ReadonlyArray<Packed>, outside: string): string {
  const consumer = join(outside, "consumer")
  mkdirSync(consumer)
  const tarballs = Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]))
  const write = (file: string, value: unknown) => writeFileSync(join(consumer, file), JSON.stringify(value, null, 2))
  write("package.json", {
    private: true,
    type: "module",
    dependencies: { ...tarballs, ...Object.fromEntries(companionVersions()) }
  })
  // The packages name each other by version, which no registry has before the release.
  write("pnpm-workspace.yaml", { packages: ["."], overrides: tarballs })
  write("tsconfig.json", {
    compilerOptions: { strict: true, module: "nodenext", target: "es2023", types: ["node"] },
    files: ["consumer.ts"]
  })
  for (const [file, text] of Object.entries(sourcesOf(packed))) writeFileSync(join(consumer, file), text)
  return consumer
}

function sourcesOf(packed: ReadonlyArray<Packed>): Readonly<Record<string, string>> {
  const entries = packed.flatMap(({ entries }) => entries)
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}"`)
  const names = entries.map((_, index) => `entry${index}`)
  const sale = firstExample()
  return {
    "consumer.ts": `${imports.join("\n")}\n${sale}\nexport const entries: ReadonlyArray<object> = [${names.join(", ")}]\n`,
    // The contract suite is for test runners, which import.
    "required.cjs": entries
      .filter((entry) => !entry.endsWith("/testing"))
      .map((entry) => `if (Object.keys(require("${entry}")).length === 0) throw new Error("${entry} is empty")\n`)
      .join(""),
    "imported.mjs": entries
      .map((entry) => `if (Object.keys(await import("${entry}")).length === 0) throw new Error("${entry} is empty")\n`)
      .join(""),
    "sale.mjs": sale
  }
}

/** The first program of the README, as its readers would save it. */
function firstExample(): string {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? []
  if (code === undefined) throw new Error("The README has no program.")
  return code
}

function manifestFileOf(name: string): string {
  const folder = ["node_modules", "packages/core/node_modules", "packages/http/node_modules"]
    .map((parent) => join(root, parent, name, "package.json"))
    .find((file) => readable(file))
  if (folder === undefined) throw new Error(`${name} is not installed in the workspace.`)
  return folder
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}
