import type { Script } from "./Script.ts"
import type { StoreFaults } from "./SimulatedStore.ts"
import { Simulation } from "./Simulation.ts"

/** What became of a simulation. */
export interface Report {
  readonly commands: number
  /** What was broken; `null` for nothing. */
  readonly broken: Error | null
}

/** Plays a script. */
export const simulate = (script: Script, faults: StoreFaults = {}): Report => {
  const simulation = new Simulation(script, faults)
  try {
    simulation.run()
    return { commands: simulation.commands, broken: null }
  } catch (cause) {
    return { commands: simulation.commands, broken: cause instanceof Error ? cause : new Error(String(cause)) }
  }
}

/** The shortest script found that still breaks something: parts are left out, large ones first, as long as it does. */
export const shrink = (script: Script, faults: StoreFaults = {}, tries = 3000): Script => {
  let best = script
  let left = tries
  for (let size = Math.ceil(script.actions.length / 2); size >= 1; ) {
    let shrunk = false
    for (let from = 0; from < best.actions.length && left > 0; ) {
      const actions = best.actions.toSpliced(from, size)
      left -= 1
      if (simulate({ ...best, actions }, faults).broken === null) {
        from += size
        continue
      }
      best = { ...best, actions }
      shrunk = true
    }
    if (left === 0) break
    if (size > 1 || !shrunk) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return best
}

/** A script that breaks something, in words, and how to play it again. */
export const explain = (script: Script, faults: StoreFaults = {}): string => {
  const { actions, ...settings } = script
  return [
    simulate(script, faults).broken?.message ?? "Nothing is broken",
    `Seed ${script.seed}: STOCKBOOK_SEED=${script.seed} STOCKBOOK_SEEDS=1`,
    JSON.stringify(settings),
    ...actions.map((action) => JSON.stringify(action))
  ].join("\n")
}
