// A server for the programs beside it to call, as its own process: `stockbook <file or URL of Postgres>`, or `bare`, the
// least an Express 5 app does for a JSON route. Prints the port it listens on.
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { stockbook } from "@stockbook/http"
import express from "express"

const [kind, database = ":memory:"] = process.argv.slice(2)
const app = express()

if (kind === "bare") {
  app.post("/api/v1/inventory/reserve", express.json(), (request, response) => {
    const { product_id, quantity } = request.body
    response.json({ reserved: true, product_id, quantity, available_quantity: 1, reserved_quantity: 1 })
  })
} else {
  const router = stockbook({
    store: database.startsWith("postgres:")
      ? PgStore.layer({ url: database })
      : SqliteStore.layer({ filename: database }),
    tokens: { secret: "a secret for the benchmark, long enough" },
    log: () => {}
  })
  await router.ready
  app.use(router)
}
const server = app.listen(0, () => {
  const address = server.address()
  console.log(typeof address === "object" && address !== null ? address.port : "")
})
