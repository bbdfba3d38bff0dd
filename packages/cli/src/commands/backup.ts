import type { Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { InvalidSetting } from "../InvalidSetting.ts"
import { type DatabaseOption, overDatabase } from "./options.ts"

/** `stockbook backup`. */
export const backupCommand = (): Command =>
  overDatabase("backup")
    .description("copy a SQLite database that is in use")
    .argument("<file>", "where the copy goes; not there yet")
    .addHelpText(
      "after",
      `
The copy is of one committed state, and whole once it has its name. Nobody waits for it. The secret that signs tokens
is a file of its own beside the database (stock.db.secret): keep it somewhere else. Postgres has pg_dump and base
backups of its own; docs/how-to/backup-and-restore.md has the drill for both.

  $ stockbook backup "/backups/stock-$(date +%F).db"
  $ stockbook verify -d "sqlite:/backups/stock-$(date +%F).db"`
    )
    .action(async (destination: string, { database }: DatabaseOption) => {
      const address = databaseAddress(database)
      if (address._tag !== "Sqlite" || address.filename === ":memory:") {
        throw new InvalidSetting("--database", "must be a SQLite file: Postgres is backed up by pg_dump")
      }
      const [{ SqliteBackup }, { Effect }] = await Promise.all([import("@stockbook/adapter-sqlite"), import("effect")])
      const pages = await Effect.runPromise(SqliteBackup.backUp({ filename: address.filename, destination }))
      console.log(`${address.filename}: ${pages} pages copied to ${destination}`)
    })
