// `npm test`: every check the project has, cheapest first, up to the first step that fails.
import { spawnSync } from "node:child_process"
import { globSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { type Count, checkPackages } from "./packages.ts"
import { cache, root } from "./workspace.ts"

interface Step {
  readonly name: string
  readonly run: () => Count | Promise<Count>
}

const steps: ReadonlyArray<Step> = [
  command("build", "node", "scripts/build.ts"),
  command("lint and format", "biome", "check", "--error-on-warnings", "."),
  command("tidy", "node", "scripts/tidy.ts"),
  command("typecheck", "tsc", "--noEmit"),
  command("unused code", "knip"),
  { name: "unit tests", run: () => vitest("unit") },
  { name: "integration tests", run: () => vitest("int") },
  { name: "end-to-end tests", run: () => vitest("e2e") },
  { name: "packages", run: checkPackages },
  command("tutorial", "node", "scripts/tutorial.ts"),
  command("documentation site", "node", "site/src/build.ts")
]

let passed = 0
let failed = 0
let tests = 0

for (const { name, run } of steps) {
  const started = Date.now()
  console.log(`--- ${name}`)
  const count = await run()
  passed += count.passed
  failed += count.failed
  if (name.endsWith("tests")) tests += count.passed + count.failed
  const outcome = count.failed === 0 ? "ok" : "failed"
  console.log(`--- ${name}: ${outcome}, ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (count.failed > 0) break
}

if (failed === 0 && tests === 0) {
  console.log("--- no test was executed")
  failed = 1
}

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** A check that is not counted when it passes, and is one failure when it does not. */
function command(name: string, file: string, ...args: ReadonlyArray<string>): Step {
  return { name, run: () => ({ passed: 0, failed: run(file, ...args) ? 0 : 1 }) }
}

function run(file: string, ...args: ReadonlyArray<string>): boolean {
  return spawnSync(file, args, { cwd: root, stdio: "inherit" }).status === 0
}

function vitest(level: "unit" | "int" | "e2e"): Count {
  const pattern = level === "unit" ? "**/*.test.ts" : `**/*.${level}.test.ts`
  const files = globSync(pattern, { cwd: root, exclude: (path) => /node_modules|^\.|dist/.test(path) })
  if (files.length === 0) return { passed: 0, failed: 0 }

  const report = join(cache, "vitest", `${level}.json`)
  rmSync(report, { force: true })
  mkdirSync(join(cache, "vitest"), { recursive: true })
  const ok = run("vitest", "run", "--project", level, "--reporter=default", "--reporter=json", `--outputFile=${report}`)
  const { numPassedTests, numFailedTests } = reportAt(report)
  // Vitest can fail without a failed test: a file that does not load, an error nobody caught.
  return { passed: numPassedTests, failed: ok ? numFailedTests : Math.max(1, numFailedTests) }
}

function reportAt(file: string): { readonly numPassedTests: number; readonly numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1 }
  }
}
