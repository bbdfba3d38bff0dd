// The house rules a linter does not know. `findings` is pure, and tested; run as a program it reads the repository.
import { globSync, readFileSync } from "node:fs"
import { join, posix, sep } from "node:path"
import { root } from "./workspace.ts"

const maxLines = 400

/** What the rules may take from effect: modules of plain values. Anything that runs or needs a service stays out. */
const valueModules = new Set([
  "Array",
  "BigDecimal",
  "BigInt",
  "Brand",
  "Data",
  "Equal",
  "Hash",
  "HashMap",
  "HashSet",
  "Match",
  "Number",
  "Option",
  "Order",
  "Predicate",
  "Record",
  "Result",
  "Schema",
  "String",
  "Struct",
  "Tuple"
])

const forbidden: ReadonlyArray<readonly [pattern: RegExp, complaint: string]> = [
  [/\bas any\b/, "casts to any"],
  [/@ts-(?:ignore|nocheck)\b/, "silences the type checker"],
  [/\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo)\b/, "skips, singles out or postpones a test"]
]

const clocks = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/

/** Everything wrong with one file; `path` is relative to the repository's root, with forward slashes. */
export function findings(path: string, text: string): ReadonlyArray<string> {
  const lines = text.split("\n")
  const found = lines.flatMap((line, index) =>
    forbidden.filter(([pattern]) => pattern.test(line)).map(([, complaint]) => `${path}:${index + 1} ${complaint}`)
  )
  if (!/^packages\/[^/]+\/src\//.test(path)) return found

  const count = text.endsWith("\n") ? lines.length - 1 : lines.length
  if (count > maxLines) found.push(`${path} has ${count} lines; past ${maxLines} there are two concepts in it`)

  const inCore = path.startsWith("packages/core/src/")
  const inTesting = path.startsWith("packages/core/src/testing/")
  const inRules = path.startsWith("packages/core/src/rules/")
  for (const { specifier, names } of importsOf(text)) {
    const relative = specifier.startsWith(".")
    const target = relative ? posix.join(posix.dirname(path), specifier) : specifier
    if (inCore && !inTesting) {
      if (relative ? !target.startsWith("packages/core/src/") : !/^effect(\/|$)/.test(specifier)) {
        found.push(`${path} imports ${specifier}; core is built on effect alone`)
      }
      if (target.startsWith("packages/core/src/testing/")) {
        found.push(`${path} imports ${specifier}; only tests use the testing modules`)
      }
    }
    if (inRules && /^effect(\/|$)/.test(specifier)) {
      const modules = specifier === "effect" ? names : [specifier.slice("effect/".length)]
      for (const module of modules.filter((module) => !valueModules.has(module))) {
        found.push(`${path} imports effect's ${module}; a rule is values in, values out`)
      }
    }
  }
  if (inRules) {
    lines.forEach((line, index) => {
      if (clocks.test(line)) found.push(`${path}:${index + 1} reads a clock or chance; a rule is given them as values`)
    })
  }
  return found
}

interface Import {
  readonly specifier: string
  readonly names: ReadonlyArray<string>
}

function importsOf(text: string): ReadonlyArray<Import> {
  const statements = text.matchAll(/^(?:import\s+|export\s+(?=(?:type\s+)?[*{]))(?:([^"';]*?)\s+from\s+)?"([^"]+)"/gm)
  const calls = text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)
  return [
    ...[...statements].map(([, clause = "", specifier = ""]) => ({ specifier, names: namesIn(clause) })),
    ...[...calls].map(([, specifier = ""]) => ({ specifier, names: ["*"] }))
  ]
}

/** The imported names, types included. A namespace import is the name `*`. */
function namesIn(clause: string): ReadonlyArray<string> {
  const braces = clause.match(/\{([^}]*)\}/)?.[1]
  if (braces === undefined) return ["*"]
  return braces
    .split(",")
    .map((name) =>
      name
        .trim()
        .replace(/^type\s+/, "")
        .replace(/\s+as\s.*$/, "")
    )
    .filter((name) => name !== "")
}

if (process.argv[1] === import.meta.filename) {
  const files = globSync("{packages,examples,bench,test}/**/*.ts", {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|dist)$/.test(path)
  }).map((file) => file.split(sep).join("/"))
  const found = files.flatMap((file) => findings(file, readFileSync(join(root, file), "utf8")))
  for (const finding of found) console.error(finding)
  if (found.length > 0) process.exitCode = 1
}
