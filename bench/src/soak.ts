// The service over Postgres for half an hour of mixed traffic on all five APIs at a fixed rate, then at twice what it can
// do, then at the fixed rate again. Ends with 1 where a promise of docs/reliability.md does not hold.
//
//   MINUTES=30     how long, at the fixed rate
//   SHARE=0.6      the rate, as a share of the capacity that is measured first; or RATE, requests per second
//   OVERLOAD=60    how long at twice the capacity, seconds
//   CLIENTS=64     who measure the capacity, each waiting for its answers
//   CONNECTIONS=4096   at most, so that requests wait in the service and not before it
import { availableParallelism, loadavg, setPriority } from "node:os"
import { PgStore } from "@stockbook/adapter-pg"
import { Stockbook, StockQueries } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { startBenchServer } from "./pgServer.ts"
import { Api } from "./soak/Api.ts"
import { closedLoop, openLoop } from "./soak/load.ts"
import { startService } from "./soak/service.ts"
import { logIn, makeTraffic } from "./soak/traffic.ts"
import { together, Window } from "./soak/Window.ts"

const setting = (name: string, otherwise: number): number => {
  const value = Number(process.env[name] ?? otherwise)
  if (!(value > 0)) throw new Error(`${name} must be a number above 0`)
  return value
}
const minutes = setting("MINUTES", 30)
const overload = setting("OVERLOAD", 60)
const MB = 1024 * 1024
const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`)
/** Those who ask have machines of their own: their own waits for a processor are not the service's. */
const goFirst = () => {
  try {
    setPriority(-10)
  } catch {
    say("not allowed to go before the service: what is measured has this program's own waits in it")
  }
}
const others = () => `load ${loadavg()[0]?.toFixed(1)} of ${availableParallelism()}`

const database = await startBenchServer()
const service = await startService(database.url)
const api = new Api(service.origin, setting("CONNECTIONS", 4096))
goFirst()
const next = await makeTraffic(api)
// A token lasts half an hour.
const renewing = setInterval(() => void logIn(api), 10 * 60_000)

/** As much as is answered once all is warm: when two stretches in a row have as much, to a twentieth. */
const measured = async (): Promise<number> => {
  let before = 0
  for (let stretch = 1; ; stretch++) {
    const answered = await closedLoop(api, next, setting("CLIENTS", 64), 20)
    say(`warming up: ${Math.round(answered)}/s`)
    if (stretch === 12 || (stretch >= 3 && Math.abs(answered / before - 1) < 0.05)) return Math.max(answered, before)
    before = answered
  }
}
const capacity = await measured()
const rate = process.env["RATE"] === undefined ? capacity * setting("SHARE", 0.6) : setting("RATE", 1)
say(`capacity ${Math.round(capacity)}/s; ${minutes} minutes at ${Math.round(rate)}/s; ${others()}`)

/** Counts the requests of a stretch of time by when they were to be sent. */
const under = async (perSecond: number, seconds: number, slice: number) => {
  const windows = Array.from({ length: Math.ceil(seconds / slice) }, () => new Window())
  let lastShed = Number.NEGATIVE_INFINITY
  await openLoop(api, next, { rate: perSecond, seconds }, (sample) => {
    windows[Math.floor(sample.at / 1000 / slice)]?.add(sample)
    if (sample.answer.status === 503) lastShed = Math.max(lastShed, sample.at)
  })
  return { windows, lastShed }
}

const perMinute: Array<Window> = []
const heaps: Array<number> = []
let mostWaiting = 0
for (let minute = 1; minute <= minutes; minute++) {
  const { windows } = await under(rate, 60, 60)
  const window = together(windows)
  const { rss, heap } = await service.memory()
  const { waiting, inFlight, delay } = service.busiest()
  perMinute.push(window)
  heaps.push(heap)
  mostWaiting = Math.max(mostWaiting, waiting)
  say(
    `${minute}  ${window.line}; rss ${Math.round(rss / MB)} MB, heap ${Math.round(heap / MB)} MB; ` +
      `at most ${waiting} waiting, ${inFlight} under way, event loop ${Math.round(delay)} ms late; ${others()}`
  )
}

say(`${overload} s at ${Math.round(capacity * 2)}/s, twice the capacity`)
const flood = await under(capacity * 2, overload, 5)
const flooded = together(flood.windows)
const settled = together(flood.windows.slice(1))
say(`all of it: ${flooded.line}`)
say(`after the first 5 s: ${settled.line}`)
const flooding = service.busiest()
say(`at most ${flooding.waiting} waiting, ${flooding.inFlight} under way; ${others()}`)
const calm = await under(rate, 15, 5)
const recovered = together(calm.windows.slice(1))
say(`at ${Math.round(rate)}/s again, the first 5 s: ${calm.windows[0]?.line}`)
say(`the next 10 s: ${recovered.line}; the last turned away ${Math.max(0, calm.lastShed / 1000).toFixed(1)} s after`)

clearInterval(renewing)
api.close()
service.stop()
const found = await Effect.runPromise(
  Effect.flatMap(StockQueries, (queries) => queries.verify(null)).pipe(
    Effect.provide(Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url: database.url }))))
  )
)
await database.stop()

const edge = Math.max(1, Math.min(5, Math.floor(minutes / 3)))
const p99 = (windows: ReadonlyArray<Window>) => together(windows).quantiles.p99
const steady = together(perMinute)
const first = p99(perMinute.slice(0, edge))
const last = p99(perMinute.slice(-edge))
const warm = heaps.slice(Math.min(edge, heaps.length - 1))
const promises: ReadonlyArray<readonly [holds: boolean, what: string]> = [
  [steady.errors.length + steady.shed === 0, `no errors: ${steady.errors.length}, ${steady.shed} turned away`],
  [
    Math.abs(last / first - 1) <= 0.2,
    `p99 of the last ${edge} minutes within 20 % of the first ${edge}: ${last.toFixed(1)} against ${first.toFixed(1)} ms`
  ],
  [
    Math.max(...warm) <= 1.2 * (warm[0] ?? 0),
    `heap flat after warm-up: ${warm.map((heap) => Math.round(heap / MB)).join(", ")} MB`
  ],
  [mostWaiting <= 10_000, `queue bounded: at most ${mostWaiting} of 10,000 commands waited`],
  [flooded.shed > 0 && flooded.unadvised === 0, `sheds with 503 and Retry-After: ${flooded.shed}`],
  [flooded.errors.length === 0, `no other errors at twice the capacity: ${flooded.errors.length}`],
  [
    settled.quantiles.p99 <= 500,
    `p99 of what it accepts at twice the capacity within 500 ms: ${settled.quantiles.p99.toFixed(1)} ms`
  ],
  [
    calm.lastShed < 5000 && recovered.errors.length === 0 && recovered.quantiles.p99 <= Math.max(2 * last, 100),
    `recovers within 5 s: p99 ${recovered.quantiles.p99.toFixed(1)} ms after them`
  ],
  [found.differences.length === 0, `verify: ${found.differences.length} differences in ${found.movements} movements`]
]
for (const [holds, what] of promises) console.log(`${holds ? "holds " : "BROKEN"}  ${what}`)
for (const error of [...steady.errors, ...flooded.errors].slice(0, 10)) console.log(error)
process.exit(promises.every(([holds]) => holds) ? 0 : 1)
