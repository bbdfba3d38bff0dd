import { suite } from "@stockbook/core/testing"
import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { startServer } from "./support/TestServer.ts"

/**
 * A server of its own: the feed waits for every open transaction of the server, and those of other tests would make it
 * wait longer than the contract does.
 */
const alone = Effect.acquireRelease(
  Effect.promise(() => startServer()),
  (server) => Effect.promise(server.stop)
)

suite("Postgres", Layer.unwrap(Effect.map(alone, ({ url }) => PgStore.layer({ url: `${url}/postgres` }))), {
  histories: 25
})
