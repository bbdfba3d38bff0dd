// What row-level security costs: the same store with and without it, as the same role. CALLERS says how many ask at
// once, SECONDS how long each round takes, ROUNDS how many there are.
import { rowLevelSecurity } from "@stockbook/adapter-pg"
import { Catalog, ItemId, OrganizationId, StockQueries } from "@stockbook/core"
import { median, perSecond, table } from "./measure.ts"
import { fill, organizationOf, type Size } from "./pgFill.ts"
import { type EngineUnderLoad, engineUnderLoad, type Measured, uniform } from "./pgLoad.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const callers = Number(process.env["CALLERS"] ?? 256)
const seconds = Number(process.env["SECONDS"] ?? 3)
const rounds = Number(process.env["ROUNDS"] ?? 3)

const size: Size = { organizations: 100, items: 1000, movements: 1 }
const server = await startBenchServer()
const schemas = { without: "open", with: "fenced" } as const
await withClient(server.url, (client) => client.query("CREATE ROLE clerk LOGIN PASSWORD 'clerk'"))
for (const schema of Object.values(schemas)) {
  await fill(server.url, schema, size, console.log)
  await withClient(server.url, (client) =>
    client.query(`GRANT USAGE ON SCHEMA ${schema} TO clerk;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO clerk;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO clerk`)
  )
}
await withClient(server.url, (client) => client.query(rowLevelSecurity(schemas.with).join(";")))
const clerk = new URL(server.url)
clerk.username = "clerk"
clerk.password = "clerk"

const contestants = {
  without: { schema: schemas.without },
  with: { schema: schemas.with },
  "with, 20 connections": { schema: schemas.with, maxConnections: 20 }
} as const

const draw = uniform(size.organizations * size.items)
const target = (item: number) => ({ organization: organizationOf(size, item), item })
const reserve = (pick: () => number, count: number) => (engine: EngineUnderLoad) =>
  engine.run({ callers: count, seconds, pick: () => target(pick()) })

const organization = OrganizationId.make(1)
const whole = { organization, offset: 0, limit: 50 }
const works: Readonly<Record<string, (engine: EngineUnderLoad) => Promise<Measured>>> = {
  [`reserve, ${callers} callers, 100 organizations`]: reserve(draw, callers),
  [`reserve, ${callers} callers, one organization`]: reserve(uniform(size.items), callers),
  [`reserve, ${callers} callers, one item`]: reserve(() => 1, callers),
  "reserve, one caller": reserve(draw, 1),
  "read an item's stock": (engine) =>
    engine.ask(() => {
      const { organization, item } = target(draw())
      return StockQueries.use((queries) => queries.stock(OrganizationId.make(organization), ItemId.make(item)))
    }, seconds),
  "list 50 of 1,000 items": (engine) => engine.ask(() => Catalog.use((catalog) => catalog.items(whole)), seconds),
  "search 1,000 items": (engine) =>
    engine.ask(() => Catalog.use((catalog) => catalog.items({ ...whole, search: "SKU-77" })), seconds)
}

for (const [work, run] of Object.entries(works)) {
  const results = new Map<string, Array<Measured>>(Object.keys(contestants).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, config] of Object.entries(contestants)) {
      const engine = engineUnderLoad({
        url: clerk.href,
        ...config,
        road: "fast",
        name: `${work} ${name} ${round}`,
        migrated: true
      })
      const measured = await run(engine)
      await engine.close()
      // The first round warms all of them up.
      if (round > 0) results.get(name)?.push(measured)
    }
  }
  table(
    work,
    Array.from(results, ([name, measured]) => {
      const figure = (of: (round: Measured) => number) => median(measured.map(of))
      const failed = measured.reduce((sum, round) => sum + round.failed, 0)
      return [
        name,
        `${perSecond(figure((m) => m.rate)).padStart(9)}   p50 ${figure((m) => m.p50).toFixed(2)}, p95 ${figure((m) => m.p95).toFixed(2)} ms${failed > 0 ? `, ${failed} failed` : ""}`
      ]
    })
  )
}
await server.stop()
