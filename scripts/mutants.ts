// Breaks one rule after the other and tells which breaks the unit tests of the core find:
// `npm run tool -- node scripts/mutants.ts`, or with numbers for some of them only. With `--write`, survivors and
// figures go to docs/mutants.md.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { mutants } from "../packages/core/test/mutants/mutants.ts"
import { type Fate, report } from "../packages/core/test/mutants/report.ts"

/** The quick tests first: most mutants do not live to see the others. */
const stages = [
  ["test/rules", "test/costs", "test/policies.test.ts", "--exclude", "test/rules/history.test.ts"],
  ["test/rules/history.test.ts", "test/simulation", "test/ledger"],
  ["test/memory.test.ts", "test/engine", "test/catalog.test.ts"]
]
const config = "packages/core/test/mutants/vitest.config.ts"
const effort = { STOCKBOOK_HISTORIES: "150", STOCKBOOK_SEEDS: "6", STOCKBOOK_REPLAYS: "4" }

/** The first test that fails with a mutant; `null` when none does. */
const firstFailure = (mutant: number): string | null => {
  for (const stage of stages) {
    const folder = mkdtempSync(join(tmpdir(), "mutant-"))
    const file = join(folder, "report.json")
    const env = { ...process.env, ...effort, STOCKBOOK_MUTANT: String(mutant) }
    const reporter = ["--reporter=json", `--outputFile=${file}`]
    const vitest = join("node_modules", "vitest", "vitest.mjs")
    const run = spawnSync(process.execPath, [vitest, "run", "--config", config, "--bail", "1", ...reporter, ...stage], {
      env,
      encoding: "utf8"
    })
    const failed = run.status === 0 ? null : nameOfFailure(file, run.stderr)
    rmSync(folder, { recursive: true })
    if (failed !== null) return failed
  }
  return null
}

const nameOfFailure = (file: string, errors: string): string => {
  try {
    const { testResults } = JSON.parse(readFileSync(file, "utf8"))
    // A file without results could not be read: a mutant is to be a program.
    for (const { assertionResults } of testResults) {
      for (const { status, fullName } of assertionResults) if (status === "failed") return `${fullName}`
    }
  } catch {}
  throw new Error(`vitest failed by itself: ${errors.slice(0, 2000)}`)
}

const numbers = process.argv
  .slice(2)
  .filter((each) => /^\d+$/.test(each))
  .map(Number)
const baseline = numbers.length === 0 ? firstFailure(0) : null
if (baseline !== null) throw new Error(`Fails with no mutant: ${baseline}`)
const fates: Array<Fate> = []
for (const [index, mutant] of mutants.entries()) {
  if (numbers.length > 0 && !numbers.includes(index + 1)) continue
  const by = firstFailure(index + 1)
  fates.push({ mutant, by })
  console.log(
    `${index + 1} ${by === null ? "SURVIVED" : "caught"} ${mutant.file}: ${mutant.why}${by === null ? "" : ` | ${by}`}`
  )
}
const caught = fates.filter(({ by }) => by !== null).length
console.log(`${caught} of ${fates.length} caught`)
if (process.argv.includes("--write") && numbers.length === 0) writeFileSync("docs/mutants.md", report(fates))
if (fates.some(({ mutant, by }) => by === null && mutant.survives === undefined)) process.exitCode = 1
