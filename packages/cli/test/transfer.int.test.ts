import { describe } from "vitest"
import { postgres } from "./postgres.ts"
import { transferCommands } from "./transfer.ts"

describe("import and export on Postgres", () => {
  transferCommands(postgres)
})
