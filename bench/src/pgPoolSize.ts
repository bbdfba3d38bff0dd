// Reservations with pools and batches of different sizes, on 10,000 items of 100 organizations. CALLERS says how many
// ask at once, SECONDS how long each round takes, ROUNDS how many there are.
import { median, perSecond, table } from "./measure.ts"
import { fill, organizationOf, type Size } from "./pgFill.ts"
import { type EngineConfig, engineUnderLoad, type Measured, uniform } from "./pgLoad.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const callers = Number(process.env["CALLERS"] ?? 256)
const seconds = Number(process.env["SECONDS"] ?? 3)
const rounds = Number(process.env["ROUNDS"] ?? 3)

const size: Size = { organizations: 100, items: 100, movements: 1 }
const server = await startBenchServer()
await fill(server.url, "stockbook", size, console.log)

const contestants: ReadonlyArray<readonly [name: string, config: Partial<EngineConfig>]> = [
  ...[1, 2, 4, 10, 20].map((maxConnections) => [`${maxConnections} connections`, { maxConnections }] as const),
  ...[16, 64, 256, 1024].map((batchSize) => [`batches of up to ${batchSize}`, { batchSize }] as const),
  ...[4, 10, 20].map(
    (maxConnections) => [`sharded, ${maxConnections} connections`, { sharded: true, maxConnections }] as const
  )
]

const draw = uniform(size.organizations * size.items)
const pick = () => {
  const item = draw()
  return { organization: organizationOf(size, item), item }
}

const results = new Map<string, Array<Measured>>(contestants.map(([name]) => [name, []]))
for (let round = 0; round <= rounds; round++) {
  for (const [name, config] of contestants) {
    await withClient(server.url, (client) => client.query("CHECKPOINT"))
    const engine = engineUnderLoad({ url: server.url, road: "fast", name: `${name} ${round}`, ...config })
    const measured = await engine.run({ callers, seconds, pick })
    await engine.close()
    // The first round warms all of them up.
    if (round > 0) results.get(name)?.push(measured)
  }
}

table(
  `${callers} callers, median of ${rounds} rounds of ${seconds} s, ${server.settings.join(" ")}`,
  Array.from(results, ([name, measured]) => {
    const figure = (of: (round: Measured) => number) => median(measured.map(of))
    const latencies = `${figure((m) => m.p50).toFixed(1)} / ${figure((m) => m.p95).toFixed(1)} ms`
    const failed = measured.reduce((sum, round) => sum + round.failed, 0)
    return [
      name,
      `${perSecond(figure((m) => m.rate)).padStart(9)}   ${latencies}${failed > 0 ? `, ${failed} failed` : ""}`
    ]
  })
)
await server.stop()
