import type { Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { type DatabaseOption, overDatabase } from "./options.ts"

interface Options extends DatabaseOption {
  readonly name: string
}

/** `stockbook seed`. */
export const seedCommand = (): Command =>
  overDatabase("seed")
    .description("found an organization with demo stock, to look around in")
    .option("--name <name>", "what it is called", "Demo")
    .addHelpText(
      "after",
      `
A shop of twelve items in two warehouses: bought, sold, reserved, some of it low. The database is made when need be.

  $ stockbook seed
  $ stockbook export stock`
    )
    .action(async ({ database, name }: Options) => {
      const address = databaseAddress(database)
      const [{ inDatabase }, { seed }] = await Promise.all([
        import("../database/database.ts"),
        import("../organization/seed.ts")
      ])
      const { id, items, movements } = await inDatabase(address, seed(name), { migrated: false })
      console.log(`Organization ${id} (${name}): ${items} items, ${movements} movements`)
    })
