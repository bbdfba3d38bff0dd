import { describe, expect, it } from "vitest"
import { randomOf, roundsOf } from "../../../packages/adapter-pg/test/support/random.ts"
import { playRounds } from "../scripts/crashes/rounds.ts"
import { settingOf } from "../scripts/crashes/targets.ts"

const rounds = roundsOf("STOCKBOOK_CRASH_ROUNDS", 3).length

describe("kill -9 under load leaves all that was acknowledged, once, and the service answers again", () => {
  it.each([
    ["the service over SQLite", "sqlite"],
    ["the service over Postgres", "postgres"],
    ["Postgres under the service", "server"]
  ] as const)(
    "%s",
    async (_, target) => {
      const args = ["--conditions=@stockbook/source"]
      const { violations, ...figures } = await playRounds(await settingOf(target, args), {
        rounds,
        callers: 8,
        random: randomOf(7)
      })
      expect(violations).toEqual([])
      expect(figures.acknowledged).toBeGreaterThanOrEqual(10 * rounds)
      expect(figures.repeated).toBe(figures.acknowledged)
    },
    120_000 + rounds * 30_000
  )
})
