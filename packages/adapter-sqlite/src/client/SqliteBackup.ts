import { existsSync } from "node:fs"
import { rename, rm } from "node:fs/promises"
import { backup } from "node:sqlite"
import { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { Database } from "./Database.ts"
import { sqliteFailure } from "./SqliteFailure.ts"
import { toStoreError } from "./storeError.ts"

/** Which file, and where its copy goes. */
export interface BackupConfig {
  readonly filename: string
  /** A file that is not there yet. */
  readonly destination: string
}

/** All pages in one step: of a copy in several, every write of another process would begin it anew. */
const allPages = 2 ** 31 - 1

/**
 * Copies a database that is in use, and answers with how many pages it has. The copy is of one committed state, of the
 * moment it began; nobody waits for it. It gets its name once it is whole: what has the name can be restored.
 *
 * Fails with `StoreError` when there is no such file, or there is one of the copy's name already, or no room for it.
 */
export const backUp = ({ filename, destination }: BackupConfig): Effect.Effect<number, StoreError> => {
  const partial = `${destination}.partial`
  return Effect.tryPromise({
    try: async () => {
      if (!existsSync(filename)) throw new Error(`There is no file ${filename}`)
      if (existsSync(destination)) throw new Error(`There is a file ${destination} already`)
      const source = new Database({ filename })
      try {
        const pages = await backup(source.raw, partial, { rate: allPages })
        await rename(partial, destination)
        return pages
      } finally {
        source.close()
        await rm(partial, { force: true })
      }
    },
    catch: (error) => {
      const failure = sqliteFailure(error)
      if (failure !== null) return toStoreError(failure)
      const message = error instanceof Error ? error.message : String(error)
      return new StoreError({ reason: "unavailable", message, cause: error })
    }
  }).pipe(Effect.withSpan("SqliteBackup.backUp"))
}
