import { describe } from "vitest"
import { sqlite } from "./sqlite.ts"
import { transferCommands } from "./transfer.ts"

describe("import and export on SQLite", () => {
  transferCommands(sqlite)
})
