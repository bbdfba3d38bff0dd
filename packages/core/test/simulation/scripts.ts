import fc from "fast-check"
import type { CommandInput } from "../../src/engine/StockEngine.ts"
import { chapter, opening, type Step, type World } from "../../src/testing/histories.ts"
import { randomOf, Time } from "./Loop.ts"
import type { Action, Refusal, Script } from "./Script.ts"
import { SimulatedStore } from "./SimulatedStore.ts"
import { renamed, traderOf } from "./trade.ts"
import { settle } from "./world.ts"

/** The worlds of a simulation: the same in all, for a new store gives the same ids. */
const worlds: ReadonlyArray<World> = settle(new SimulatedStore(new Time(), false, {})).map(({ world }) => world)

const histories = worlds.map((world) =>
  fc
    .tuple(opening(world), fc.array(chapter(world, { expiry: true }), { minLength: 20, maxLength: 40 }))
    .map(([first, others]) => [...first, ...others.flat()])
)

const reasons: ReadonlyArray<Refusal> = ["busy", "busy", "conflict", "conflict", "unavailable", "corrupt"]

/** A random script: some hundred commands of two organizations, and everything that may go wrong between them. */
export const scriptOf = (seed: number): Script => {
  const random = randomOf(seed)
  const nat = (below: number) => Math.floor(random() * below)
  const chance = (of: number) => random() < of
  const commands = interleave(
    worlds.flatMap((world, index) => {
      const [history] =
        histories[index] === undefined ? [] : fc.sample(histories[index], { seed: seed * 2 + index, numRuns: 1 })
      const trade = traderOf(world, nat)
      const trades = Array.from({ length: 60 + nat(60) }, (): Step => ({ command: trade(), key: undefined }))
      return [trades, (history ?? []).map((step, n) => renamed(step, Math.floor(n / 15)))]
    }),
    nat
  )
  const actions: Array<Action> = []
  // Some stores are well, and some are not.
  const trouble = [0, 0.02, 0.06, 0.15][nat(4)] ?? 0
  const pace = 1 + nat(4)
  for (const [index, { command, key }] of commands.entries()) {
    const own = chance(0.1) ? null : `u${index}`
    const organization = chance(0.02) ? worlds[nat(2)]?.organization : undefined
    actions.push({
      do: "send",
      to: nat(3),
      command: organization === undefined ? command : movedTo(command, organization),
      key: key !== undefined && chance(0.3) ? key : own
    })
    if (chance(0.05)) actions.push({ do: "again", pick: nat(1000), to: nat(3) })
    if (nat(pace) > 0) continue
    for (let served = 1 + nat(2 * pace); served > 0; served--) {
      const pick = nat(8)
      const turn = random()
      if (turn < trouble) actions.push({ do: "fail", pick, reason: reasons[nat(reasons.length)] ?? "busy" })
      else if (turn < trouble * 1.5) actions.push({ do: "lose", pick })
      else if (turn < trouble * 1.75) actions.push({ do: "vanish", pick })
      else if (turn < trouble * 2) actions.push({ do: "orphan", pick })
      else if (turn < 0.5) actions.push({ do: "apply", pick })
      else if (turn < 0.8) actions.push({ do: "answer", pick })
      else actions.push({ do: "serve", pick })
    }
    if (chance(0.4)) actions.push({ do: "tick", ms: 1 + nat(chance(0.1) ? 100 : 12) })
    if (chance(trouble / 3)) actions.push({ do: "kill", process: nat(3), steps: nat(6), commits: chance(0.5) })
    if (chance(trouble / 3)) actions.push({ do: "drift", process: nat(3), ms: nat(2000) - 1000 })
    if (chance(trouble / 12)) actions.push({ do: "jump", ms: nat(100) })
  }
  return {
    seed,
    processes: 1 + nat(3),
    batchSize: [1, 3, 8, 256][nat(4)] ?? 8,
    capacity: chance(0.1) ? 4 : 1000,
    rememberedItems: chance(0.2) ? 1 : 100,
    guarded: !chance(0.25),
    actions
  }
}

/** The commands of several histories, each in its order. */
const interleave = <A>(histories: ReadonlyArray<ReadonlyArray<A>>, nat: (below: number) => number): Array<A> => {
  const left = histories.map((history) => [...history])
  const mixed: Array<A> = []
  while (true) {
    const open = left.filter(({ length }) => length > 0)
    const next = open[nat(open.length)]?.shift()
    if (next === undefined) return mixed
    mixed.push(next)
  }
}

/** The same command said by another organization: everything it names is a stranger's. */
const movedTo = (command: CommandInput, organization: number): CommandInput => {
  switch (command._tag) {
    case "Linked":
    case "Bulk":
      return command
    default:
      return { ...command, organization }
  }
}
