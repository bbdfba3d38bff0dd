import { describe, it } from "@effect/vitest"
import { Catalog, StockEngine, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { expect } from "vitest"
import { run } from "./support/processes.ts"
import { inStore, scratchFile, stocked } from "./support/scratch.ts"

/** Every acknowledged reservation is there, and every item is the sum of its ledger. */
const audit = Effect.fnUntraced(function* (
  organization: Parameters<StockQueries["Service"]["hold"]>[0],
  references: Iterable<string>
) {
  const queries = yield* StockQueries
  const missing: Array<string> = []
  for (const reference of references) {
    if ((yield* queries.hold(organization, { reference })) === null) missing.push(reference)
  }
  const { differences } = yield* queries.verify(null)
  return { missing, differences }
})

const nothingWrong = { missing: [], differences: [] }

describe("Several processes on one file", () => {
  it.live("sell exactly what there is", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const { organization, item } = yield* inStore(filename, stocked(500))
      const children = ["a", "b"].map((name) => run("reserve", filename, organization, item, 40, 10, name))
      const lines = (yield* Effect.promise(() => Promise.all(children.map((child) => child.done)))).flat()
      const sold = lines.filter((line) => line !== "sold out")
      expect([lines.length, sold.length, new Set(sold).size]).toEqual([800, 500, 500])
      expect(yield* inStore(filename, audit(organization, sold))).toEqual(nothingWrong)
    }).pipe(Effect.scoped)
  )

  it.live("keep everything that one acknowledged before it was killed", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const { organization, item } = yield* inStore(filename, stocked(1_000_000))
      for (const [life, acknowledged] of [50, 700, 1500].entries()) {
        const child = run("reserve", filename, organization, item, 64, 10_000, `life-${life}`)
        yield* Effect.promise(() => child.wrote(acknowledged))
        child.process.kill("SIGKILL")
        yield* Effect.promise(() => child.done.catch(() => []))
        const lines = child.lines()
        expect(lines.length).toBeGreaterThanOrEqual(acknowledged)
        expect(yield* inStore(filename, audit(organization, lines))).toEqual(nothingWrong)
      }
    }).pipe(Effect.scoped)
  )

  it.live("wait for each other without stopping the event loop", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* inStore(
        filename,
        Effect.gen(function* () {
          const { organization, item } = yield* stocked(10)
          const catalog = yield* Catalog
          const engine = yield* StockEngine
          const queries = yield* StockQueries
          const locker = run("lock", filename, 1000)
          yield* Effect.promise(() => locker.wrote(1))
          const work = Effect.all(
            [
              engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] }),
              catalog.createItem(organization, { name: "Chair" })
            ],
            { concurrency: "unbounded" }
          )
          // A reading meanwhile does not wait for the writer.
          let read = false
          const reading = Effect.tap(queries.stock(organization, item), () =>
            Effect.sync(() => {
              read = locker.process.exitCode === null
            })
          )
          let longest = 0
          let last = performance.now()
          const timer = setInterval(() => {
            longest = Math.max(longest, performance.now() - last)
            last = performance.now()
          }, 5)
          yield* Effect.all([work, reading], { concurrency: "unbounded" })
          clearInterval(timer)
          expect(read).toBe(true)
          // Waiting inside SQLite would have been one delay of a second.
          expect(longest).toBeLessThan(500)
          expect(yield* Effect.promise(() => locker.done)).toEqual(["locked"])
        })
      )
    }).pipe(Effect.scoped)
  )
})
