import type { DatabaseSync } from "node:sqlite"
import { type JoinedDriver, NoTransaction, StoreError } from "@stockbook/core"
import { Clock, Effect } from "effect"
import { Database } from "../client/Database.ts"
import { sqliteFailure } from "../client/SqliteFailure.ts"
import { toStoreError } from "../client/storeError.ts"
import { load } from "./load.ts"
import { write } from "./write.ts"

/** Prepared statements are kept for as long as their handle is. */
const known = new WeakMap<DatabaseSync, Database>()

const databaseOver = (handle: DatabaseSync): Database => {
  const found = known.get(handle) ?? Database.over(handle)
  known.set(handle, found)
  return found
}

/**
 * The write path within a transaction that the host has begun on its own handle of the database file, synchronously
 * and in a savepoint. The write lock is taken before anything is read, as `BEGIN IMMEDIATE` has done already.
 */
export const joinedSqlite = (handle: DatabaseSync): JoinedDriver => ({
  transact: (footprint, fold) =>
    Clock.clockWith((clock) =>
      Effect.suspend((): Effect.Effect<void, StoreError | NoTransaction> => {
        if (!handle.isOpen || !handle.isTransaction) return Effect.fail(new NoTransaction())
        const database = databaseOver(handle)
        try {
          handle.exec("SAVEPOINT stockbook")
          try {
            database.run("UPDATE sequences SET next = next WHERE name = 'ledger'")
            const now = clock.currentTimeMillisUnsafe()
            const changes = fold(load(database, footprint, now))
            if (changes === null) handle.exec("ROLLBACK TO stockbook")
            else write(database, changes, now)
            handle.exec("RELEASE stockbook")
          } catch (error) {
            // After some errors SQLite has rolled the whole transaction back by itself.
            if (handle.isTransaction) handle.exec("ROLLBACK TO stockbook; RELEASE stockbook")
            throw error
          }
          return Effect.void
        } catch (error) {
          const failure = sqliteFailure(error)
          if (failure === null) return Effect.die(error)
          return Effect.fail(failure.errno === busySnapshot ? stale(failure) : toStoreError(failure))
        }
      })
    )
})

/** SQLITE_BUSY_SNAPSHOT: waiting does not help a transaction that has read what somebody else has changed since. */
const busySnapshot = 517

const stale = (cause: unknown) =>
  new StoreError({
    reason: "conflict",
    message: "The transaction has read what has changed since; begin it with BEGIN IMMEDIATE",
    cause
  })
