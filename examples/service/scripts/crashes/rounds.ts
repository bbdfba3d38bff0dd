import { join } from "node:path"
import { Audit, inStore } from "./audit.ts"
import { found } from "./founding.ts"
import { Load } from "./Load.ts"
import { type Setting, settingOf, type Target } from "./targets.ts"

/** What came of all rounds. */
export interface Figures {
  readonly rounds: number
  /** Commands answered 2xx. */
  readonly acknowledged: number
  /** Commands asked for again after they were answered, and answered the same. */
  readonly repeated: number
  /** Answers 503. */
  readonly refused: number
  /** The longest from the kill to the next command done, milliseconds. */
  readonly longest: number
  readonly violations: ReadonlyArray<string>
}

export interface Rounds {
  readonly target: Target
  readonly rounds: number
  /** How many trade at once. */
  readonly callers: number
  /** Arguments of the service's Node. */
  readonly args?: ReadonlyArray<string>
  /** Numbers from 0 to 1. */
  readonly random: () => number
  readonly tell?: (line: string) => void
}

/** An organization is traded in for so many rounds, so that auditing one does not take longer and longer. */
const chapter = 10

/** Kills the target under load, again and again, and holds what is there afterwards against what was acknowledged. */
export const playRounds = async ({ target, rounds, callers, args, random, tell }: Rounds): Promise<Figures> => {
  const setting = await settingOf(target, args)
  const { service } = setting
  const total = { rounds: 0, acknowledged: 0, repeated: 0, refused: 0, longest: 0 }
  const violations: Array<string> = []
  try {
    while (total.rounds < rounds) {
      const name = `founder-${total.rounds}`
      const world = await found(service.origin, name, callers)
      const load = await Load.start(world, join(setting.folder, `${name}.log`))
      const audit = new Audit(world)
      try {
        for (let n = 0; n < chapter && total.rounds < rounds; n++) {
          const began = performance.now()
          const round = total.rounds++
          const wrong = await play(setting, load, audit, random, (took) => {
            total.longest = Math.max(total.longest, took)
          })
          if (target === "server" && !service.runs) wrong.push("The service has ended")
          violations.push(...wrong.map((each) => `round ${round}: ${each}`))
          const took = Math.round(performance.now() - began)
          tell?.(`round ${round}: ${audit.acknowledged} acknowledged, ${wrong.length} violations, ${took} ms`)
        }
      } finally {
        await load.stop()
      }
      total.acknowledged += audit.acknowledged
      total.repeated += audit.repeated
      total.refused += audit.refused
    }
    violations.push(...service.faults.map((line) => `fault: ${line}`))
  } finally {
    await setting.close()
  }
  return { ...total, violations }
}

const play = async (
  { crash, store }: Setting,
  load: Load,
  audit: Audit,
  random: () => number,
  recovered: (milliseconds: number) => void
): Promise<Array<string>> => {
  await load.trade(1 + Math.floor(random() ** 2 * 300))
  const killed = performance.now()
  await crash()
  // Those who ask again and again go on by themselves.
  await load.trade(20)
  recovered(Math.round(performance.now() - killed))
  await load.pause()
  const heard = audit.hear(load.news())
  const found = await inStore(store(), audit.inStore())
  await load.settle()
  const heardAgain = audit.hear(load.news())
  return [...heard, ...found, ...heardAgain, ...(await inStore(store(), audit.inStore()))]
}
