// Sends the service what nobody should: `SEED=1 REQUESTS=100000 node --conditions=@stockbook/source
// examples/service/scripts/fuzz.ts`. On a SQLite file of its own, or on the empty database of DATABASE_URL; `postgres`
// starts a server for it. Ends with 1 when anything was not as it should be.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startServer } from "../../../packages/adapter-pg/test/support/TestServer.ts"
import { campaign } from "./fuzz/campaign.ts"
import { startService } from "./fuzz/service.ts"
import { verified } from "./fuzz/verified.ts"

const seed = Number(process.env["SEED"] ?? "1")
const requests = Number(process.env["REQUESTS"] ?? "100000")
const wanted = process.env["DATABASE_URL"] ?? "sqlite"

const folder = mkdtempSync(join(tmpdir(), "stockbook-fuzz-"))
const server = wanted === "postgres" ? await startServer() : null
const url =
  server !== null ? `${server.url}/postgres` : wanted === "sqlite" ? `sqlite:${join(folder, "stock.db")}` : wanted

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

try {
  const service = await startService({ DATABASE_URL: url, JWT_SECRET: "a secret of the fuzzer, long enough to sign" })
  const progress = (done: number) => console.log(`${done} of ${requests}`)
  const report = await campaign(service, { seed, requests, progress })
  const code = await service.stop()
  const differences = await verified(url)
  const { early, late } = report.memory
  const { seconds, statuses, wrong, faults, bystanderUnchanged, healthy } = report
  for (const each of [...wrong, ...faults.slice(0, 20)]) console.error(each)
  console.log(
    `seed ${seed}: ${requests} requests in ${seconds.toFixed(0)} s, ${report.scenes} of them no requests at all`
  )
  console.log(`statuses ${JSON.stringify(statuses)}`)
  console.log(`heap after collection ${megabytes(early.heapUsed)} early, ${megabytes(late.heapUsed)} late`)
  console.log(`resident ${megabytes(early.rss)} early, ${megabytes(late.rss)} late`)
  console.log(`wrong ${wrong.length}, faults ${faults.length}, differences ${differences}, exit code ${code}`)
  console.log(
    `the bystander is ${bystanderUnchanged ? "unchanged" : "changed"}, the service ${healthy ? "works" : "is broken"}`
  )
  const sound = wrong.length + faults.length + differences === 0 && code === 0 && bystanderUnchanged && healthy
  process.exitCode = sound ? 0 : 1
} finally {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
