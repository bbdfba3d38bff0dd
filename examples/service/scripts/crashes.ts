// Kills the service, or Postgres under it, again and again under load, and holds what is there afterwards against what a
// client in a process of its own was told. `TARGET=sqlite|postgres|server ROUNDS=200 node examples/service/scripts/crashes.ts`
// after a build: the service over SQLite, the service over Postgres, Postgres itself. Ends with 1 if anything is wrong.
import { randomOf } from "../../../packages/adapter-pg/test/support/random.ts"
import { playRounds } from "./crashes/rounds.ts"
import { settingOf, targets } from "./crashes/targets.ts"

const env = (name: string, usual: string) => process.env[name] ?? usual
const wanted = env("TARGET", "sqlite")
const target = targets.find((each) => each === wanted)
const rounds = Number(env("ROUNDS", "200"))
const seed = Number(env("SEED", "1"))
if (target === undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`TARGET is one of ${targets.join(", ")}; ROUNDS is a number from 1`)
  process.exit(2)
}
const began = performance.now()
const { violations, ...figures } = await playRounds(await settingOf(target), {
  rounds,
  callers: 16,
  random: randomOf(seed),
  tell: (line) => console.error(line)
})
for (const violation of violations) console.log(violation)
const seconds = Math.round((performance.now() - began) / 1000)
console.log(JSON.stringify({ target, seed, ...figures, violations: violations.length, seconds }))
process.exit(violations.length === 0 ? 0 : 1)
