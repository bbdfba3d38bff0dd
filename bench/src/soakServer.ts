// The service that `soak.ts` puts under load, as its own process: `soakServer.ts <URL of Postgres>`. Tells its parent the
// port, then four times a second how busy it is; asked by any message, it collects garbage and tells what memory is left.
import { monitorEventLoopDelay } from "node:perf_hooks"
import { PgStore } from "@stockbook/adapter-pg"
import { type Load, stockbook } from "@stockbook/http"
import express from "express"

/** What the server tells. Memory in bytes; the delay of the event loop since the last, in milliseconds. */
export type Told =
  | { readonly _tag: "Port"; readonly port: number }
  | { readonly _tag: "Busy"; readonly load: Load; readonly delay: number }
  | { readonly _tag: "Memory"; readonly rss: number; readonly heap: number }

const [url = ""] = process.argv.slice(2)
const tell = (told: Told) => process.send?.(told)

const router = stockbook({
  store: PgStore.layer({ url }),
  tokens: { secret: "a secret for the benchmark, long enough" },
  log: () => {}
})
await router.ready
const server = express()
  .use(router)
  .listen(0, "127.0.0.1", () => {
    const address = server.address()
    tell({ _tag: "Port", port: typeof address === "object" && address !== null ? address.port : 0 })
  })

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
setInterval(() => {
  tell({ _tag: "Busy", load: router.load(), delay: delay.max / 1e6 })
  delay.reset()
}, 250)

process.on("message", () => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  tell({ _tag: "Memory", rss, heap: heapUsed })
})
process.on("disconnect", () => process.exit(0))
