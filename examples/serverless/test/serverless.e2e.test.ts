import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { answersOf } from "./answers.ts"

answersOf(async () => {
  const folder = mkdtempSync(join(tmpdir(), "serverless-"))
  return {
    url: `sqlite:${join(folder, "stock.db")}`,
    broken: `sqlite:${join(folder, "none", "stock.db")}`,
    remove: async () => rmSync(folder, { recursive: true, force: true })
  }
})
