import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Catalog } from "../../src/catalog/Catalog.ts"
import { sweeper } from "../../src/engine/Sweeper.ts"
import { StockQueries } from "../../src/ledger/StockQueries.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import { holdStatus } from "../../src/stock/Hold.ts"
import * as MemoryStore from "../../src/store/memory/MemoryStore.ts"
import { differences, run, scenario } from "../../src/testing/scenario.ts"

describe("the sweeper", () => {
  it.live("expires what is over, several of them at once doing it once", () => {
    const base = Layer.provideMerge(stockbook(), MemoryStore.layer)
    const sweepers = Layer.mergeAll(sweeper(5), sweeper(5), sweeper(7))
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 50 }] })
      for (let n = 0; n < 20; n++) {
        yield* run(at, { _tag: "Reserve", lines: [{ item, quantity: 1 }], expiresIn: n % 2 === 0 ? 1 : 60_000 })
      }
      yield* Effect.sleep(100)
      const queries = yield* StockQueries
      const holds = yield* queries.holds({ organization: at.organization }, { order: "oldest", limit: 100 })
      assert.deepStrictEqual(
        holds.map(holdStatus),
        holds.map((_, n) => (n % 2 === 0 ? "expired" : "open"))
      )
      const movements = yield* queries.movements({ organization: at.organization }, { order: "oldest", limit: 100 })
      assert.strictEqual(movements.filter((movement) => movement.cause === "Expire").length, 10)
      assert.deepStrictEqual(yield* differences(at), [])
    }).pipe(Effect.provide(Layer.provideMerge(sweepers, base)))
  })

  it.live("quarantines batches as they expire, are recalled or turn out to have expired, each once", () => {
    const base = Layer.provideMerge(stockbook(), MemoryStore.layer)
    const sweepers = Layer.mergeAll(sweeper(5), sweeper(7))
    return Effect.gen(function* () {
      const at = yield* scenario
      const [item] = at.items
      const catalog = yield* Catalog
      const queries = yield* StockQueries
      const lot = (name: string, expiresAt: number | null) =>
        catalog.createBatch(at.organization, item, { name, expiresAt })
      const lots = [yield* lot("passes", Date.now() + 200), yield* lot("corrected", null), yield* lot("recalled", null)]
      for (const batch of lots) {
        if (batch === null) return assert.fail("no batch")
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 1, batch: batch.id }] })
      }
      yield* Effect.sleep(50)
      const [, corrected, recalled] = lots
      if (corrected == null || recalled == null) return assert.fail("no batch")
      yield* catalog.updateBatch(at.organization, corrected.id, { expiresAt: 1 })
      yield* catalog.updateBatch(at.organization, recalled.id, { quarantined: true })
      yield* Effect.sleep(300)
      const movements = yield* queries.movements({ organization: at.organization }, { order: "oldest", limit: 100 })
      assert.deepStrictEqual(movements.flatMap(({ cause }) => (cause === "Receive" ? [] : [cause])).toSorted(), [
        "BatchExpired",
        "BatchExpired",
        "BatchQuarantined"
      ])
    }).pipe(Effect.provide(Layer.provideMerge(sweepers, base)))
  })
})
