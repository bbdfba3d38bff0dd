// Opens a store, founds an organization in it and says its id: `open <file>`.
import { Catalog } from "@stockbook/core"
import { Effect } from "effect"
import { inStore } from "./scratch.ts"

const program = Effect.flatMap(Catalog, (catalog) => catalog.createOrganization(`Process ${process.pid}`))
const { id } = await Effect.runPromise(inStore(process.argv[2] ?? "", program))
console.log(id)
