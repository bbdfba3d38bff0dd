import { Clock, Effect, type Scope } from "effect"
import { describe, expect, it } from "vitest"
import type { Store } from "../../src/store/Store.ts"
import { Loop, Time, WallClock } from "./Loop.ts"
import { type Replica, replay } from "./replay.ts"

/** The first of the seeds. */
const first = Number(process.env["STOCKBOOK_SEED"] ?? 1)

/**
 * Tests that simulated histories come to the same on a store, each in an empty one that `open` gives: so many, or as many
 * as `STOCKBOOK_REPLAYS` says.
 */
export const replaySuite = <E>(name: string, open: Effect.Effect<Replica, E, Scope.Scope>, usual = 20): void => {
  const seeds = Number(process.env["STOCKBOOK_REPLAYS"] ?? usual)
  describe(`simulated histories on ${name}`, { timeout: 120_000 + seeds * 10_000 }, () => {
    it(`are what they were in the simulation, ${seeds} of them from seed ${first} on`, async () => {
      const sum = { operations: 0, outcomes: 0, movements: 0 }
      for (let seed = first; seed < first + seeds; seed++) {
        const replayed = await Effect.runPromise(
          Effect.scoped(Effect.flatMap(open, (replica) => replay(seed, replica)))
        )
        for (const part of ["operations", "outcomes", "movements"] as const) sum[part] += replayed[part]
      }
      if (seeds !== usual) console.log(`${name}: ${seeds} histories, ${JSON.stringify(sum)}`)
      expect(sum.operations).toBeGreaterThan(seeds * 50)
      expect(sum.outcomes).toBeGreaterThan(seeds * 50)
      expect(sum.movements).toBeGreaterThan(seeds * 50)
    })
  })
}

/** A store that goes by effect's clock. */
export const replicaOf = (store: Store["Service"]): Replica => {
  const time = new Time()
  const clock = new WallClock(time, new Loop())
  return {
    store,
    at: (now, effect) =>
      Effect.suspend(() => {
        time.now = now
        return Effect.provideService(effect, Clock.Clock, clock)
      })
  }
}
