import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
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
})
