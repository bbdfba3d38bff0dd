// Says `ready`, waits for a line, opens a store, founds an organization in it and says its id: `open <url>`.
import { once } from "node:events"
import { writeSync } from "node:fs"
import { Catalog } from "@stockbook/core"
import { Effect } from "effect"
import { inStore } from "./store.ts"

writeSync(1, "ready\n")
await once(process.stdin, "data")
process.stdin.destroy()
const program = Effect.flatMap(Catalog, (catalog) => catalog.createOrganization(`Process ${process.pid}`))
const { id } = await Effect.runPromise(inStore(process.argv[2] ?? "", program))
writeSync(1, `${id}\n`)
