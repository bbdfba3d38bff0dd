import type { Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { type OrganizationOption, overOrganization } from "./options.ts"

/** `stockbook rebuild`. */
export const rebuildCommand = (found: (code: number) => void): Command =>
  overOrganization("rebuild", "of all when left out")
    .description("repair balances and totals that are not what the ledger says")
    .addHelpText(
      "after",
      `
Balances and totals are computed anew from the movements, and those that differ are stored: one item at a time, under
its lock, while others trade. Movements, holds and documents are never touched. Prints a line for each item that was
repaired and for each difference that is left, and ends with 1 if any is left.

  $ stockbook verify || stockbook rebuild`
    )
    .action(async ({ database, organization }: OrganizationOption) => {
      const [{ inDatabase }, { rebuildStock }] = await Promise.all([
        import("../database/database.ts"),
        import("../ledger/rebuild.ts")
      ])
      found(await inDatabase(databaseAddress(database), rebuildStock(organization)))
    })
