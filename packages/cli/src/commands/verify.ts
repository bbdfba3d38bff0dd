import type { Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { type OrganizationOption, overOrganization } from "./options.ts"

/** `stockbook verify`. */
export const verifyCommand = (found: (code: number) => void): Command =>
  overOrganization("verify", "of all when left out")
    .description("recompute all stock from the ledger and name each difference")
    .addHelpText(
      "after",
      `
Changes nothing, and may run while others trade. Prints a line for each difference and ends with 1 if there is one.

  $ stockbook verify
  12 items, 48 movements: no difference
  $ stockbook verify -d postgres://stock@localhost/stock -o Acme || alert "the stock is not right"`
    )
    .action(async ({ database, organization }: OrganizationOption) => {
      const [{ inDatabase }, { verifyStock }] = await Promise.all([
        import("../database/database.ts"),
        import("../ledger/verify.ts")
      ])
      found(await inDatabase(databaseAddress(database), verifyStock(organization)))
    })
