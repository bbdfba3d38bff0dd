import { PgStore } from "../src/index.ts"
import { contract } from "./support/contract.ts"
import { globalStatements } from "./support/globalStatements.ts"

contract("Postgres", (url) => PgStore.layer({ url }), {
  strictness: "any",
  global: globalStatements,
  histories: Number(process.env["STOCKBOOK_HISTORIES"] ?? 300)
})
