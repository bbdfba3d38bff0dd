import { describe, it } from "@effect/vitest"
import { StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import { expect } from "vitest"
import { accountOf, audit, nothingWrong } from "./support/audit.ts"
import { run } from "./support/children.ts"
import { freshDatabase } from "./support/database.ts"
import { jobOf } from "./support/job.ts"
import { randomOf, roundsOf } from "./support/random.ts"
import { inStore, type Place, stocked } from "./support/store.ts"
import { startServer } from "./support/TestServer.ts"

const rounds = roundsOf("STOCKBOOK_CRASH_ROUNDS", 2)
const timeout = 60_000 + rounds.length * 30_000

const start = (url: string, { organization, items }: Place, life: string, ...callers: [number, number, number]) =>
  run("writer", url, organization, items.join(","), life, ...callers)

const acknowledged = (lines: ReadonlyArray<string>) => lines.filter((line) => line.startsWith("done ")).length

const namesOf = (account: ReadonlyMap<string, string>) => Array.from(account.keys())

describe("A writer that is killed", () => {
  it.live(
    "has done each acknowledged command once, and what it leaves in the air can be asked for again",
    () =>
      Effect.gen(function* () {
        const url = yield* freshDatabase
        for (const round of rounds) {
          const random = randomOf(round)
          const place = yield* inStore(url, stocked(2, 1_000_000))
          const enough = 1 + Math.floor(random() ** 2 * 2000)
          const writer = start(url, place, `life-${round}`, 64, 0, 0)
          yield* Effect.promise(() => writer.until((lines) => acknowledged(lines) >= enough))
          writer.process.kill("SIGKILL")
          yield* Effect.promise(() => writer.ended)
          const account = accountOf(writer.lines)
          expect(writer.process.signalCode).toBe("SIGKILL")

          const first = yield* inStore(
            url,
            Effect.gen(function* () {
              const engine = yield* StockEngine
              const found = yield* audit(place, account)
              const again = yield* Effect.forEach(
                namesOf(account),
                (name) =>
                  Effect.map(engine.execute(jobOf(place, name).command, { idempotencyKey: name }), (outcome) => ({
                    name,
                    replayed: outcome.replayed
                  })),
                { concurrency: 500 }
              )
              const twice = again.filter(({ name, replayed }) => account.get(name) === "done" && !replayed)
              return { ...found, twice }
            })
          )
          expect(first, `round ${round}`).toEqual({ ...nothingWrong, twice: [] })

          const all = new Map(namesOf(account).map((name) => [name, "done"] as const))
          expect(yield* inStore(url, audit(place, all)), `round ${round}`).toEqual(nothingWrong)
        }
      }).pipe(Effect.scoped),
    timeout
  )
})

const ownServer = Effect.acquireRelease(
  Effect.promise(() => startServer()),
  (server) => Effect.promise(() => server.stop())
)

describe("A server that is killed", () => {
  it.live(
    "has every acknowledged command when it is back, and the writers go on by themselves",
    () =>
      Effect.gen(function* () {
        const server = yield* ownServer
        const url = `${server.url}/postgres`
        for (const round of rounds) {
          const random = randomOf(round)
          const place = yield* inStore(url, stocked(2, 1_000_000))
          const enough = 1 + Math.floor(random() ** 2 * 2000)
          const writer = start(url, place, `round-${round}`, 48, 8, 8)
          yield* Effect.promise(() => writer.until((lines) => acknowledged(lines) >= enough))
          yield* Effect.promise(() => server.crash())
          const before = acknowledged(writer.lines)
          yield* Effect.promise(() => writer.until((lines) => acknowledged(lines) >= before + 500))
          writer.finish()
          yield* Effect.promise(() => writer.done)
          const account = accountOf(writer.lines)
          expect(yield* inStore(url, audit(place, account)), `round ${round}`).toEqual(nothingWrong)
          const open = namesOf(account).filter((name) => account.get(name) !== "done" && name.includes(".insistent."))
          expect(open, `round ${round}`).toEqual([])
        }
      }).pipe(Effect.scoped),
    timeout
  )
})
