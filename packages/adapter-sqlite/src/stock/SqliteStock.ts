import type { StockDriver } from "@stockbook/core"
import { Clock } from "effect"
import type { SqliteClient } from "../client/SqliteClient.ts"
import { load } from "./load.ts"
import { write } from "./write.ts"

/**
 * The write path: load, fold and store in one `BEGIN IMMEDIATE`, without giving way to anything in between. SQLite has
 * one writer at a time, so its lock covers every item; it is taken before anything is read.
 *
 * There is no `storeGuarded`: reading an item again from this process's own page cache costs less than remembering it
 * and checking that it still stands.
 */
export const sqliteStock = (client: SqliteClient): StockDriver => ({
  transact: (footprint, fold) =>
    Clock.clockWith((clock) =>
      client.transaction((database) => {
        const now = clock.currentTimeMillisUnsafe()
        const changes = fold(load(database, footprint, now))
        if (changes !== null) write(database, changes, now)
      })
    )
})
