// Fills the disk under the service, empties it again, and holds what is there against what a client in a process of its
// own was told, round after round: `TARGET=sqlite|postgres|wal ROUNDS=20 node examples/service/scripts/fullDisk.ts` after a
// build, as root, who may mount a small file system. `sqlite`: the database file on it; `postgres`: the tables, in a
// tablespace; `wal`: all of Postgres's files, whose server stops when its log cannot be written and is started again
// when there is room. The service itself is never started again. Ends with 1 if anything is wrong.
import { randomOf } from "../../../packages/adapter-pg/test/support/random.ts"
import { diskTargets, fullDiskOf } from "./crashes/fullDisk.ts"
import { playRounds } from "./crashes/rounds.ts"

const env = (name: string, usual: string) => process.env[name] ?? usual
const wanted = env("TARGET", "sqlite")
const target = diskTargets.find((each) => each === wanted)
const rounds = Number(env("ROUNDS", "20"))
if (target === undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`TARGET is one of ${diskTargets.join(", ")}; ROUNDS is a number from 1`)
  process.exit(2)
}
const began = performance.now()
const { violations, ...figures } = await playRounds(await fullDiskOf(target), {
  rounds,
  callers: 12,
  random: randomOf(1),
  tell: (line) => console.error(line)
})
for (const violation of violations) console.log(violation)
const seconds = Math.round((performance.now() - began) / 1000)
console.log(JSON.stringify({ target, ...figures, violations: violations.length, seconds }))
process.exit(violations.length === 0 ? 0 : 1)
