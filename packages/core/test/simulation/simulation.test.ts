import { describe, expect, it } from "vitest"
import type { Action, Script } from "./Script.ts"
import type { StoreFaults } from "./SimulatedStore.ts"
import { Simulation } from "./Simulation.ts"
import { scriptOf } from "./scripts.ts"
import { explain, shrink, simulate } from "./simulate.ts"

/** How many seeds from `STOCKBOOK_SEED` on; `scripts/simulate.ts` plays more. */
const seeds = Number(process.env["STOCKBOOK_SEEDS"] ?? 25)
const first = Number(process.env["STOCKBOOK_SEED"] ?? 1)

describe("a simulation", { timeout: 120_000 + seeds * 5000 }, () => {
  it("keeps every promise, whatever goes wrong", () => {
    let commands = 0
    for (let seed = first; seed < first + seeds; seed++) {
      const script = scriptOf(seed)
      const { broken, commands: played } = simulate(script)
      if (broken !== null) expect.fail(explain(shrink(script)))
      commands += played
    }
    expect(commands).toBeGreaterThan(seeds * 150)
  })

  it("goes the same way each time", () => {
    const played = [1, 2].map(() => {
      const simulation = new Simulation(scriptOf(7), {})
      simulation.run()
      return simulation.commits.map(({ process, changes, at }) => ({ process, changes, at }))
    })
    expect(played[0]).toEqual(played[1])
    expect(played[0]?.length).toBeGreaterThan(50)
  })

  const broken: ReadonlyArray<readonly [what: string, seed: number, faults: StoreFaults, found: RegExp]> = [
    ["stores what was decided on stale memory", 1, { ignoresGuards: true }, /./],
    ["does not look keys up", 1, { forgetsKeys: true }, /done twice|done, and is refused|another outcome/],
    ["says that nothing was written when the answer was lost", 6, { deniesLost: true }, /was refused, and done/],
    ["acknowledges what it does not write", 1, { drops: 40 }, /./],
    ["lets holds block others whose time is over", 1, { hidesDue: true }, /is over and still blocks others/],
    ["writes half of what was decided", 1, { tears: true }, /./],
    ["reads before it locks", 1, { readsEarly: true }, /./],
    ["carries out a transaction twice", 2, { repeats: 50 }, /./],
    ["feeds subscribers by ids", 1, { feedsById: true }, /comes before what was committed before it|never comes/],
    [
      "saves where a subscriber is before it is there",
      3,
      { savesEarly: true },
      /comes before what was committed before it|never comes/
    ]
  ]
  for (const [what, seed, faults, found] of broken) {
    it(`finds out a store that ${what}`, () => {
      const report = simulate(scriptOf(seed), faults)
      expect(report.broken?.message).toMatch(found)
    })
  }

  it("shortens a script that fails to what it fails by", () => {
    const faults = { tears: true }
    const script = scriptOf(1)
    const short = shrink(script, faults)
    expect(simulate(short, faults).broken).not.toBeNull()
    expect(short.actions.length).toBeLessThan(4)
    expect(explain(short)).toContain('"do":"send"')
  })
})

const lamp = { organization: 1, item: 1 }
const receive: Action = {
  do: "send",
  to: 0,
  key: null,
  command: { _tag: "Receive", organization: 1, lines: [{ item: lamp.item, quantity: 4 }] }
}
const reserve = (reference: string): Action => ({
  do: "send",
  to: 0,
  key: null,
  command: {
    _tag: "Reserve",
    organization: 1,
    reference,
    expiresIn: 500,
    lines: [{ item: lamp.item, quantity: 4 }]
  }
})
const serves = Array.from({ length: 8 }, (): Action => ({ do: "serve", pick: 0 }))
const scripted = (...actions: ReadonlyArray<Action>): Script => ({
  seed: 1,
  processes: 1,
  batchSize: 8,
  capacity: 100,
  rememberedItems: 100,
  guarded: true,
  actions
})

describe("what simulations found", () => {
  for (const ms of [-3000, 3000]) {
    it(`a process whose clock is set by ${ms} ms goes by the store's`, () => {
      const later: ReadonlyArray<Action> = [
        { do: "drift", process: 0, ms },
        { do: "tick", ms: 600 }
      ]
      const script = scripted(receive, ...serves, ...later, reserve("one"), ...serves)
      expect(simulate(script).broken).toBeNull()
    })
  }

  it("a hold is swept although the process takes it for not over, for the store's clock was set forward", () => {
    const jump: ReadonlyArray<Action> = [
      { do: "jump", ms: 700 },
      { do: "tick", ms: 60 }
    ]
    const simulation = new Simulation(scripted(receive, ...serves, reserve("one"), ...serves, ...jump, ...serves), {})
    simulation.run()
    const causes = simulation.commits.flatMap(({ changes }) => changes?.movements.map(({ cause }) => cause) ?? [])
    expect(causes).toEqual(["Receive", "Reserve", "Expire"])
  })
})
