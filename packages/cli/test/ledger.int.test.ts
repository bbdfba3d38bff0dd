import { describe } from "vitest"
import { ledgerCommands } from "./ledger.ts"
import { postgres } from "./postgres.ts"

describe("verify, rebuild and migrate on Postgres", () => {
  ledgerCommands(postgres)
})
