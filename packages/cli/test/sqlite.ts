import { Database } from "@stockbook/adapter-sqlite"
import { folder } from "./command.ts"
import type { Scene } from "./ledger.ts"

/** A file that is not there yet. */
export const sqlite = async (): Promise<Scene> => {
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
}
