import { Database } from "@stockbook/adapter-sqlite"
import { describe } from "vitest"
import { folder } from "./command.ts"
import { ledgerCommands } from "./ledger.ts"

describe("verify, rebuild and migrate on SQLite", () => {
  ledgerCommands(async () => {
    const { file, remove } = folder()
    const filename = file("stock.db")
    return {
      url: `sqlite:${filename}`,
      tamper: async (statement) => {
        const database = new Database({ filename })
        database.exec(statement)
        database.close()
      },
      remove: async () => remove()
    }
  })
})
