// The engine over SQLite beside hand-written loops that store the same rows: one hot item, batches of 256, WAL,
// synchronous=FULL, one file each for the engine and the loops. A reservation is an item row, a balance row, a movement,
// a hold and an idempotency record. Rounds alternate, so that a change of weather meets all.
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { median, percent, perSecond, rate, table } from "./measure.ts"
import { reserveByHand } from "./sqliteByHand.ts"

const callers = 256
const each = 80
const rounds = 9

const folder = mkdtempSync(join(process.cwd(), ".bench-"))

const stockbook = (filename: string) =>
  Stockbook.layer({ batchSize: callers }).pipe(Layer.provideMerge(SqliteStore.layer({ filename })))

const prepare = Effect.gen(function* () {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("Bench")
  const { id: item } = yield* catalog.createItem(organization, { name: "Hot" })
  yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10_000_000 }] })
  return { organization, item }
})

let order = 0

const program = Effect.gen(function* () {
  const engine = yield* StockEngine
  const { organization, item } = yield* prepare
  const caller = Effect.gen(function* () {
    for (let i = 0; i < each; i++) {
      const idempotencyKey = `order-${++order}`
      yield* engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] }, { idempotencyKey })
    }
  })
  const everybody = Effect.all(
    Array.from({ length: callers }, () => caller),
    { concurrency: "unbounded", discard: true }
  )

  const filename = join(folder, "by-hand.db")
  const target = yield* Effect.provide(prepare, stockbook(filename))
  const byHand = reserveByHand({ filename, ...target })

  const engineRates: Array<number> = []
  const loops = [
    { name: "by hand, five statements each", run: byHand.plain, rates: [] as number[] },
    { name: "by hand, item and balance once a batch", run: byHand.gathered, rates: [] as number[] }
  ]
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    yield* everybody
    const engineRate = ((callers * each) / (performance.now() - started)) * 1000
    // The first rounds warm all of them up.
    if (round >= 2) engineRates.push(engineRate)
    for (const { run, rates } of loops) {
      const loopRate = rate(callers * each, () => {
        for (let i = 0; i < each; i++) run(Array.from({ length: callers }, () => `order-${++order}`))
      })
      if (round >= 2) rates.push(loopRate)
    }
  }
  byHand.close()
  table(
    `Reservations of one hot item in SQLite, ${callers} callers, synchronous=FULL, median of ${rounds - 2} rounds`,
    [
      ["engine", perSecond(median(engineRates))],
      ...loops.flatMap(
        ({ name, rates }): Array<[string, string]> => [
          [name, perSecond(median(rates))],
          [
            "  engine against it",
            percent(median(engineRates.map((ours, round) => ours / (rates[round] ?? Number.NaN))))
          ]
        ]
      )
    ]
  )
})

try {
  await Effect.runPromise(Effect.provide(program, stockbook(join(folder, "engine.db"))))
} finally {
  rmSync(folder, { recursive: true })
}
