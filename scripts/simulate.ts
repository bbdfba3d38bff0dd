// Plays simulations for a while, seed after seed: `SECONDS=600 SEED=1 npm run tool -- node scripts/simulate.ts`. What
// breaks is shortened and printed, with its seed, and ends the run with exit code 1.
import { scriptOf } from "../packages/core/test/simulation/scripts.ts"
import { explain, shrink, simulate } from "../packages/core/test/simulation/simulate.ts"

const seconds = Number(process.env["SECONDS"] ?? 600)
const first = Number(process.env["SEED"] ?? 1)
const count = Number(process.env["SEEDS"] ?? Number.POSITIVE_INFINITY)

// A refusal is an error made and thrown away; nobody reads where it was made.
Error.stackTraceLimit = 0

const started = performance.now()
const elapsed = () => (performance.now() - started) / 1000
let commands = 0
let seed = first
let told = 0
const tell = () => {
  const cpu = process.cpuUsage()
  const spent = ((cpu.user + cpu.system) / 1e6).toFixed(0)
  const rate = Math.round(commands / elapsed())
  console.log(
    `${commands} commands, seeds ${first} to ${seed - 1}, ${elapsed().toFixed(0)} s (${spent} s of CPU), ${rate}/s`
  )
}
while (elapsed() < seconds && seed < first + count) {
  const script = scriptOf(seed)
  const report = simulate(script)
  commands += report.commands
  if (report.broken !== null) {
    console.error(explain(shrink(script)))
    process.exit(1)
  }
  seed += 1
  if (elapsed() < told + 60) continue
  told = elapsed()
  tell()
}
tell()
console.log("Nothing is broken")
