import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { accountOf, audit, nothingWrong } from "./support/audit.ts"
import { type Child, run } from "./support/children.ts"
import { freshDatabase } from "./support/database.ts"
import { cuts, startProxy } from "./support/proxy.ts"
import { randomOf, roundsOf } from "./support/random.ts"
import { inStore, type Place, stocked } from "./support/store.ts"

const rounds = roundsOf("STOCKBOOK_PROXY_ROUNDS", 2)

const proxyTo = (url: string, random: () => number) =>
  Effect.acquireRelease(
    Effect.promise(() => startProxy(url, random)),
    (proxy) => Effect.promise(() => proxy.close())
  )

const start = (url: string, { organization, items }: Place, life: string) =>
  run("writer", url, organization, items.join(","), life, 16, 8, 8)

const ready = (writer: Child) => Effect.promise(() => writer.until((lines) => lines.includes("ready")))

const finished = (writer: Child) =>
  Effect.promise(() => {
    writer.finish()
    return writer.done
  })

/** A command without a key of which nobody knows whether it was stored. */
const isLost = (line: string) => line.startsWith("failed ") && line.includes(".keyless.") && line.endsWith(" unknown")

/** One writer behind a proxy, in every other round with a rival that has a direct connection, until all has happened. */
const playRound = Effect.fnUntraced(function* (url: string, round: number) {
  const place = yield* inStore(url, stocked(2, 1_000_000))
  const proxy = yield* proxyTo(url, randomOf(round))
  const writer = start(proxy.url, place, "cut")
  const rivals = round % 2 === 0 ? [] : [start(url, place, "rival")]
  yield* Effect.forEach([writer, ...rivals], ready)
  proxy.arm(10 * (1 + (round % 5)))
  const allMade = () => cuts.every((cut) => (proxy.made.get(cut) ?? 0) >= 3)
  yield* Effect.promise(() => writer.until((lines) => allMade() && lines.some(isLost)))
  proxy.calm()
  yield* Effect.forEach([writer, ...rivals], finished, { concurrency: "unbounded" })
  return { place, lines: [writer, ...rivals].flatMap(({ lines }) => lines) }
})

describe("A connection that is lost at any moment", () => {
  it.live(
    "loses no command and doubles none, and the caller is told what is known",
    () =>
      Effect.gen(function* () {
        const url = yield* freshDatabase
        for (const round of rounds) {
          const { place, lines } = yield* Effect.scoped(playRound(url, round))
          const account = accountOf(lines)
          expect(yield* inStore(url, audit(place, account)), `round ${round}`).toEqual(nothingWrong)
          const open = Array.from(account).filter(([name, said]) => said !== "done" && name.includes(".insistent."))
          expect(open, `round ${round}`).toEqual([])
          const lost = Array.from(account).filter(([name, said]) => said === "lost" && name.includes(".keyless."))
          expect(lost.length, `round ${round}`).toBeGreaterThan(0)
        }
      }).pipe(Effect.scoped),
    60_000 + rounds.length * 30_000
  )
})
