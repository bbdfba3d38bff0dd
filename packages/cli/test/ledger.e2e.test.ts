import { describe } from "vitest"
import { ledgerCommands } from "./ledger.ts"
import { sqlite } from "./sqlite.ts"

describe("verify, rebuild and migrate on SQLite", () => {
  ledgerCommands(sqlite)
})
