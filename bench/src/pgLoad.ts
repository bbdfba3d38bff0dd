import { PgStore } from "@stockbook/adapter-pg"
import { Stockbook, StockEngine, Store } from "@stockbook/core"
import { Effect, Layer, ManagedRuntime } from "effect"

/** What a contestant did in one round. Latencies are milliseconds. */
export interface Measured {
  /** Operations that succeeded, per second. */
  readonly rate: number
  readonly failed: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** One unit of what is reserved by whom. */
export interface Target {
  readonly organization: number
  readonly item: number
}

/** Callers who reserve one unit after the other, each waiting for its answer. */
export interface Load {
  readonly callers: number
  readonly seconds: number
  /** What the n-th caller reserves next. */
  readonly pick: (caller: number) => Target
}

/** Which of the engine's roads are open: `locked` takes the guarded statement away from it. */
export type Road = "fast" | "locked"

export interface EngineUnderLoad {
  readonly run: (load: Load) => Promise<Measured>
  /** Asks one question after the other for some seconds. */
  readonly ask: <A, E>(question: () => Effect.Effect<A, E, Stockbook.Stockbook>, seconds: number) => Promise<Measured>
  readonly close: () => Promise<void>
}

export interface EngineConfig {
  readonly url: string
  readonly road: Road
  /** Keeps its idempotency keys apart from others'. */
  readonly name: string
  readonly schema?: string
  /** As the store and the engine have them; what `BATCH` says goes for the engine when `batchSize` is left out. */
  readonly maxConnections?: number
  readonly batchSize?: number
  readonly sharded?: boolean
  /** As a role that may not change the schema. */
  readonly migrated?: boolean
}

/** An engine over a store in Postgres, in this process. */
export const engineUnderLoad = ({ url, road, name, batchSize, migrated, ...config }: EngineConfig): EngineUnderLoad => {
  const store = (migrated === true ? PgStore.layerWithoutMigrations : PgStore.layer)({ url, ...config })
  const layer = Stockbook.layer({ batchSize: batchSize ?? Number(process.env["BATCH"] ?? 256) }).pipe(
    Layer.provideMerge(road === "fast" ? store : Layer.provide(withoutGuarded, store))
  )
  const runtime = ManagedRuntime.make(layer)
  let order = 0
  return {
    close: () => runtime.dispose(),
    ask: async (question, seconds) => {
      const latencies: Array<number> = []
      const started = performance.now()
      for (let before = started; before < started + seconds * 1000; ) {
        await runtime.runPromise(question())
        const now = performance.now()
        latencies.push(now - before)
        before = now
      }
      return measured(latencies, 0, (performance.now() - started) / 1000)
    },
    run: ({ callers, seconds, pick }) =>
      runtime.runPromise(
        Effect.gen(function* () {
          const engine = yield* StockEngine
          const latencies: Array<number> = []
          let failed = 0
          const end = performance.now() + seconds * 1000
          const caller = (n: number) =>
            Effect.gen(function* () {
              for (let started = performance.now(); started < end; ) {
                const { organization, item } = pick(n)
                const idempotencyKey = `${name}-${++order}`
                const done = yield* Effect.exit(
                  engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1 }] }, { idempotencyKey })
                )
                const now = performance.now()
                if (done._tag === "Success") latencies.push(now - started)
                else failed += 1
                started = now
              }
            })
          const started = performance.now()
          yield* Effect.forEach(Array.from({ length: callers }).keys(), caller, {
            concurrency: "unbounded",
            discard: true
          })
          return measured(latencies, failed, (performance.now() - started) / 1000)
        })
      )
  }
}

const withoutGuarded = Layer.effect(
  Store,
  Effect.map(Store, ({ stock: { transact }, ...store }) => Store.of({ ...store, stock: { transact } }))
)

/** Sums a round up. */
export const measured = (latencies: Array<number>, failed: number, seconds: number): Measured => {
  const sorted = Float64Array.from(latencies).sort()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { rate: sorted.length / seconds, failed, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Draws 1 to `n` at random. */
export const uniform = (n: number) => (): number => Math.floor(Math.random() * n) + 1

/** Draws 1 to `n`, the k-th `k ** -exponent` times as often as the first: pgbench's `random_zipfian`. */
export const zipf = (n: number, exponent: number): (() => number) => {
  const sums = new Float64Array(n)
  let sum = 0
  for (let k = 0; k < n; k++) {
    sum += (k + 1) ** -exponent
    sums[k] = sum
  }
  return () => {
    const drawn = Math.random() * sum
    let low = 0
    let high = n - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? sum) < drawn) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
