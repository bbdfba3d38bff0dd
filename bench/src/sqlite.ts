// The engine over SQLite beside a hand-written loop that stores the same rows: one hot item, batches of 256, WAL,
// synchronous=FULL, one file each. Rounds alternate, so that a change of weather meets both.
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { best, median, percent, perSecond, rate, table } from "./measure.ts"
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

let reference = 0

const program = Effect.gen(function* () {
  const engine = yield* StockEngine
  const { organization, item } = yield* prepare
  const caller = Effect.gen(function* () {
    for (let i = 0; i < each; i++) {
      yield* engine.execute({
        _tag: "Reserve",
        organization,
        reference: `order-${++reference}`,
        lines: [{ item, quantity: 1 }]
      })
    }
  })
  const everybody = Effect.all(
    Array.from({ length: callers }, () => caller),
    { concurrency: "unbounded", discard: true }
  )

  const filename = join(folder, "by-hand.db")
  const target = yield* Effect.provide(prepare, stockbook(filename))
  const byHand = reserveByHand({ filename, ...target })

  const ours: Array<number> = []
  const theirs: Array<number> = []
  const ratios: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    yield* everybody
    const engineRate = ((callers * each) / (performance.now() - started)) * 1000
    const handRate = rate(callers * each, () => {
      for (let i = 0; i < each; i++) byHand.batch(Array.from({ length: callers }, () => `order-${++reference}`))
    })
    // The first rounds warm both up.
    if (round < 2) continue
    ours.push(engineRate)
    theirs.push(handRate)
    ratios.push(engineRate / handRate)
  }
  byHand.close()
  table(`Reservations of one hot item in SQLite, ${callers} callers, synchronous=FULL`, [
    ["engine, best", perSecond(best(ours))],
    ["engine, median", perSecond(median(ours))],
    ["by hand, best", perSecond(best(theirs))],
    ["by hand, median", perSecond(median(theirs))],
    ["engine against by hand, median of rounds", percent(median(ratios))]
  ])
})

try {
  await Effect.runPromise(Effect.provide(program, stockbook(join(folder, "engine.db"))))
} finally {
  rmSync(folder, { recursive: true })
}
