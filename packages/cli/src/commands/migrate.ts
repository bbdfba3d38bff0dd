import type { Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { type DatabaseOption, overDatabase } from "./options.ts"

interface Options extends DatabaseOption {
  readonly adopt?: true
  readonly rowLevelSecurity?: true
}

/** `stockbook migrate`. */
export const migrateCommand = (): Command =>
  overDatabase("migrate")
    .description("make the schema, or bring it up to this version")
    .option("--adopt", "tell a Postgres database that it was restored from a dump into another cluster")
    .option(
      "--row-level-security",
      "have Postgres itself keep organizations apart; from then on every process goes by it"
    )
    .addHelpText(
      "after",
      `
Any number of processes may try at once: one migrates, the others wait. A newer program's schema is left alone, and
named. It is what "stockbook serve" does before it listens; run it by itself when the service's own role may not
change the schema. Run it with --adopt once after pg_restore, before anything else opens the database. With
--row-level-security, run it while nothing serves the database, as the owner of the tables, and again after every
migration; serve as a role that is no superuser and has no BYPASSRLS.

  $ stockbook migrate --database postgres://owner:secret@localhost/stock
  $ stockbook migrate --row-level-security --database postgres://owner:secret@localhost/stock
  $ pg_restore -d stock stock.dump && stockbook migrate --adopt --database postgres://owner:secret@localhost/stock`
    )
    .action(async ({ database, adopt, rowLevelSecurity }: Options) => {
      const { adoptDatabase, fencing, migrateDatabase } = await import("../database/migrate.ts")
      const address = databaseAddress(database)
      const fence = rowLevelSecurity === true ? fencing(address) : null
      if (adopt === true) {
        console.log((await adoptDatabase(address)) ? "The database was adopted" : "The database is where it was")
      }
      const { before, now } = await migrateDatabase(address)
      console.log(
        before === now
          ? `The schema is at version ${now} already`
          : `The schema was migrated from version ${before} to ${now}`
      )
      if (fence !== null) {
        await fence()
        console.log("The database keeps organizations apart by row-level security")
      }
    })
