// The engine over the store in memory: 256 callers reserve one hot item, each waiting for its answer.
import { Catalog, MemoryStore, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { best, median, perSecond, table } from "./measure.ts"

const callers = 256
const each = 400

const round = Effect.gen(function* () {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("Bench")
  const { id: item } = yield* catalog.createItem(organization, { name: "Hot" })
  yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1_000_000 }] })
  const caller = Effect.gen(function* () {
    for (let i = 0; i < each; i++) {
      yield* engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] })
    }
  })
  const started = performance.now()
  yield* Effect.all(
    Array.from({ length: callers }, () => caller),
    { concurrency: "unbounded", discard: true }
  )
  return ((callers * each) / (performance.now() - started)) * 1000
})

const rounds: Array<number> = []
for (let i = 0; i < 9; i++) {
  const store = Stockbook.layer().pipe(Layer.provideMerge(MemoryStore.layer))
  rounds.push(await Effect.runPromise(Effect.provide(round, store)))
}
table(`Engine over the store in memory, one hot item, ${callers} callers`, [
  ["best of 9 rounds", perSecond(best(rounds))],
  ["median", perSecond(median(rounds))]
])
