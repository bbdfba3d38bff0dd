// Orders of ten lines over ten items, each line picked first-expired-first-out from the three batches of its item, in
// Postgres with fsync on. ITEMS, CALLERS, SECONDS and ROUNDS may be given.
import { PgStore } from "@stockbook/adapter-pg"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer, ManagedRuntime } from "effect"
import { best, median, perSecond, table } from "./measure.ts"
import { startBenchServer } from "./pgServer.ts"

const items = Number(process.env["ITEMS"] ?? 1000)
const callers = Number(process.env["CALLERS"] ?? 64)
const seconds = Number(process.env["SECONDS"] ?? 5)
const rounds = Number(process.env["ROUNDS"] ?? 3)
const linesPerOrder = 10
const lots = [30, 10, 20]
const dayMillis = 86_400_000

const server = await startBenchServer()
const runtime = ManagedRuntime.make(Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url: server.url }))))

/** An organization whose items have a batch for each of `lots`, which are the days until it expires. */
const fill = Effect.gen(function* () {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("Orders")
  const names = Array.from({ length: items }, (_, n) => ({ name: `Item ${n}` }))
  const made = yield* catalog.createItems(organization, names)
  yield* Effect.forEach(
    made,
    ({ id: item }) =>
      Effect.gen(function* () {
        for (const days of lots) {
          const expiresAt = Date.now() + days * dayMillis
          const batch = yield* catalog.createBatch(organization, item, { name: `${days} days`, expiresAt })
          if (batch === null) return yield* Effect.die("The item is there")
          yield* engine.execute({
            _tag: "Receive",
            organization,
            lines: [{ item, batch: batch.id, quantity: 1_000_000 }]
          })
        }
      }),
    { concurrency: 64, discard: true }
  )
  return { organization, ids: made.map(({ id }) => id) }
})

console.log(`Filling: ${items} items of ${lots.length} batches …`)
const { organization, ids } = await runtime.runPromise(fill)

let order = 0
/** Ten different items, drawn anew for each order. */
const draw = () => {
  const drawn = new Set<(typeof ids)[number]>()
  while (drawn.size < linesPerOrder) {
    const item = ids[Math.floor(Math.random() * ids.length)]
    if (item !== undefined) drawn.add(item)
  }
  return drawn
}

const round = Effect.gen(function* () {
  const engine = yield* StockEngine
  const started = performance.now()
  let done = 0
  const caller = Effect.gen(function* () {
    while (performance.now() < started + seconds * 1000) {
      const [first, ...rest] = Array.from(draw(), (item) => ({ item, quantity: 1 }))
      if (first === undefined) continue
      yield* engine.execute({
        _tag: "Reserve",
        organization,
        reference: `order-${++order}`,
        lines: [first, ...rest]
      })
      done += 1
    }
  })
  yield* Effect.all(
    Array.from({ length: callers }, () => caller),
    { concurrency: "unbounded", discard: true }
  )
  return (done / (performance.now() - started)) * 1000
})

const rates: Array<number> = []
for (let n = 0; n < rounds; n++) rates.push(await runtime.runPromise(round))
table(`Orders of ${linesPerOrder} lines, first expired first out, ${callers} callers`, [
  ["median", perSecond(median(rates))],
  ["best", perSecond(best(rates))],
  ["rounds", rates.map(perSecond).join(", ")]
])
await runtime.dispose()
await server.stop()
