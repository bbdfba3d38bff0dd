import { join } from "node:path"
import { Stockbook } from "@stockbook/core"
import { Layer, ManagedRuntime } from "effect"
import { Audit } from "./audit.ts"
import { found } from "./founding.ts"
import { Load } from "./Load.ts"
import type { Setting } from "./targets.ts"

/** What came of all rounds. */
export interface Figures {
  readonly rounds: number
  /** Commands answered 2xx. */
  readonly acknowledged: number
  /** Commands asked for again after they were answered, and answered the same. */
  readonly repeated: number
  /** Answers 503. */
  readonly refused: number
  /** The longest from the trouble to the next ten commands done, milliseconds. */
  readonly longest: number
  readonly violations: ReadonlyArray<string>
}

export interface Rounds {
  readonly rounds: number
  /** How many trade at once. */
  readonly callers: number
  /** Numbers from 0 to 1. */
  readonly random: () => number
  readonly tell?: (line: string) => void
}

/** An organization is traded in for so many rounds, so that auditing one does not take longer and longer. */
const chapter = 10

/**
 * Makes trouble under load, again and again, and holds what is there afterwards against what was acknowledged. Closes the
 * setting.
 */
export const playRounds = async (setting: Setting, { rounds, callers, random, tell }: Rounds): Promise<Figures> => {
  const { service } = setting
  const beside = ManagedRuntime.make(Stockbook.layer().pipe(Layer.provide(setting.store)))
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
          const process = service.pid
          await load.trade(1 + Math.floor(random() ** 2 * 150))
          const struck = performance.now()
          const wrong = [...(await setting.trouble(world, load, audit))]
          // Those who ask again and again go on by themselves.
          await load.trade(10)
          total.longest = Math.max(total.longest, Math.round(performance.now() - struck))
          await load.pause()
          wrong.push(...audit.hear(load.news()), ...(await beside.runPromise(audit.inStore())))
          await load.settle()
          wrong.push(...audit.hear(load.news()), ...(await beside.runPromise(audit.inStore())))
          wrong.push(...(await beside.runPromise(audit.verify())))
          if (setting.staysUp && service.pid !== process) wrong.push("The service was started again")
          violations.push(...wrong.map((each) => `round ${round}: ${each}`))
          const took = Math.round(performance.now() - began)
          tell?.([`round ${round}: ${audit.acknowledged} acknowledged, ${took} ms`, ...wrong].join("\n"))
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
    await beside.dispose()
    await setting.close()
  }
  return { ...total, violations }
}
