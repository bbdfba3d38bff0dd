// Reservations in Postgres beside hand-written SQL on the same tables: an item's row, a balance, a movement, a hold and
// a recorded outcome each. One server, fsync on; rounds taken in turn, medians. SECONDS, ROUNDS, ITEMS and ONLY (part of
// contestants' names) may be given.

import { byHandSetup } from "./pgByHand.ts"
import { type Opponent, opponents, type Spread, spreadOf } from "./pgContestants.ts"
import { fill, organizationOf, type Size } from "./pgFill.ts"
import { type EngineUnderLoad, engineUnderLoad, type Measured } from "./pgLoad.ts"
import { reservedIn, sampleOf } from "./pgProbe.ts"
import { report } from "./pgReport.ts"
import { secondProcess } from "./pgSecond.ts"
import { startBenchServer, withClient } from "./pgServer.ts"

const seconds = Number(process.env["SECONDS"] ?? 3)
const rounds = Number(process.env["ROUNDS"] ?? 5)
const items = Number(process.env["ITEMS"] ?? 10_000)
const only = process.env["ONLY"]?.split(",") ?? [""]

/** The first organization has all the items that spreads draw from; the thousand others have as many together. */
const size: Size = { organizations: 1, items, movements: 1 }
const many: Size = { organizations: 1000, items: Math.ceil(items / 1000), movements: 1 }

const server = await startBenchServer()
const { url } = server
console.log("Filling the tables …")
await fill(url, "stockbook", size, console.log)
await fill(url, "by_hand", size, console.log)
await fill(url, "many", many, console.log)
await withClient(url, (client) => client.query(`SET search_path = by_hand; ${byHandSetup}`))

const fast = engineUnderLoad({ url, road: "fast", name: "fast" })
const locked = engineUnderLoad({ url, road: "locked", name: "locked" })
const tenants = engineUnderLoad({ url, road: "fast", name: "tenants", schema: "many" })
const second = secondProcess(url)
const drawn = (spread: Spread) => {
  const { pick } = spreadOf(spread, items)
  return () => ({ organization: 1, item: pick() })
}
await fast.run({ callers: 32, seconds: 0.2, pick: drawn("hot") })
const byHand = opponents(url, "by_hand", items, await sampleOf(url))

const ours = (engine: EngineUnderLoad, spread: Spread, callers: number) => () =>
  engine.run({ callers, seconds, pick: drawn(spread) })
const theirs = (opponent: Opponent, spread: Spread, clients: number) => () =>
  byHand.run(opponent, spread, clients, seconds)

/** The client count at which an opponent is at its best. */
const bestClients = async (opponent: Opponent, spread: Spread): Promise<number> => {
  let best = { clients: 1, rate: 0 }
  for (const clients of [1, 8, 16, 32, 64]) {
    const { rate } = await byHand.run(opponent, spread, clients, Math.min(seconds, 2))
    console.log(`  ${opponent}, ${spread}, ${clients} clients: ${Math.round(rate)}/s`)
    if (rate > best.rate) best = { clients, rate }
  }
  return best.clients
}
console.log(`Looking for the opponents' best client counts (${byHand.driver}) …`)
const clients = {
  hot: await bestClients("single", "hot"),
  uniform: await bestClients("single", "uniform"),
  zipf: await bestClients("single", "zipf"),
  naive: await bestClients("naive", "hot")
}

/** Both processes at once, on the one hot item; percentiles are those of this one. */
const together = (callers: number) => async (): Promise<Measured> => {
  const [here, there] = await Promise.all([ours(fast, "hot", callers)(), second.run({ callers, seconds })])
  return { ...here, rate: here.rate + there.rate, failed: here.failed + there.failed }
}

const byOrganization = (caller: number) => {
  const item = caller * many.items + 1 + Math.floor(Math.random() * many.items)
  return { organization: organizationOf(many, item), item }
}

/** The first write to a page after a checkpoint costs its whole page of log: those of the others are paid by now. */
const ofManyOrganizations = async (): Promise<Measured> => {
  const load = { callers: 1000, seconds, pick: byOrganization }
  await tenants.run(load)
  return tenants.run(load)
}

const contestants: ReadonlyArray<readonly [name: string, run: () => Promise<Measured>]> = [
  ["hot 32", ours(fast, "hot", 32)],
  ["hot 512", ours(fast, "hot", 512)],
  ["locked hot 32", ours(locked, "hot", 32)],
  ["two processes hot 32 + 32", together(32)],
  ["two processes hot 512 + 512", together(512)],
  ["uniform 32", ours(fast, "uniform", 32)],
  ["uniform 512", ours(fast, "uniform", 512)],
  ["zipf 32", ours(fast, "zipf", 32)],
  ["zipf 512", ours(fast, "zipf", 512)],
  ["one caller", ours(fast, "hot", 1)],
  ["one organization, 1,000 callers", ours(fast, "uniform", 1000)],
  ["1,000 organizations, 1 caller each", ofManyOrganizations],
  ["single statement hot", theirs("single", "hot", clients.hot)],
  ["single statement uniform", theirs("single", "uniform", clients.uniform)],
  ["single statement zipf", theirs("single", "zipf", clients.zipf)],
  ["single statement, one client", theirs("single", "hot", 1)],
  ["naive transaction hot", theirs("naive", "hot", clients.naive)],
  ["bulk insert, one client", theirs("bulk", "hot", 1)],
  ["bulk insert, two clients", theirs("bulk", "hot", 2)]
]

const chosen = contestants.filter(([name]) => only.some((part) => name.includes(part)))
const results = new Map<string, Array<Measured>>(chosen.map(([name]) => [name, []]))
for (let round = 0; round <= rounds; round++) {
  await withClient(url, (client) => client.query("CHECKPOINT"))
  for (const [name, run] of chosen) {
    const result = await run()
    // The first round warms all of them up.
    if (round > 0) results.get(name)?.push(result)
  }
}

report({ results, clients, driver: byHand.driver, settings: server.settings, seconds, rounds, items })
await reservedIn(url, console.log)
await Promise.all([fast.close(), locked.close(), tenants.close(), second.close()])
await server.stop()
