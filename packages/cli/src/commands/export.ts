import { Argument, type Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { type ImportKind, importKinds } from "../transfer/kinds.ts"
import { formatOf, formatOption, type OrganizationOption, overOrganization } from "./options.ts"

interface Options extends OrganizationOption {
  readonly format?: string
}

/** `stockbook export`. */
export const exportCommand = (): Command =>
  overOrganization("export", "needed when there are several")
    .description("write items, stock or movements to CSV or JSON Lines")
    .addArgument(new Argument("<kind>", "what is wanted").choices(importKinds))
    .argument("[file]", "a .csv or .jsonl file that is not there yet; standard output when left out")
    .addOption(formatOption())
    .addHelpText(
      "after",
      `
items      can be imported as they are; deleted ones are left out.
stock      is what lies where now: quantity is available; import it with --ignore reserved,committed,quarantined,item.
movements  is the ledger, oldest first, with the accounts each went between: for the books, not for an import.

  $ stockbook export items products.csv
  $ stockbook export movements -o Acme --format jsonl | gzip > ledger.jsonl.gz`
    )
    .action(async (kind: ImportKind, path: string | undefined, options: Options) => {
      const address = databaseAddress(options.database)
      const format = formatOf(options.format ?? (path === undefined ? "csv" : undefined), path ?? "-")
      const [{ inDatabase }, { theOrganization }, { exportFile }, { Effect }] = await Promise.all([
        import("../database/database.ts"),
        import("../organization/organization.ts"),
        import("../transfer/exportFile.ts"),
        import("effect")
      ])
      await inDatabase(
        address,
        Effect.flatMap(theOrganization(options.organization), (organization) =>
          exportFile(organization, { kind, path: path ?? null, format })
        )
      )
    })
