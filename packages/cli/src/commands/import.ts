import { Argument, type Command } from "commander"
import { databaseAddress } from "../database/DatabaseAddress.ts"
import { columnsOf, type ImportKind, importKinds } from "../transfer/kinds.ts"
import { formatOf, formatOption, type OrganizationOption, overOrganization } from "./options.ts"

interface Options extends OrganizationOption {
  readonly format?: string
  readonly refused?: string
  readonly ignore?: string
  readonly dryRun?: true
}

const columns = importKinds
  .map((kind) => {
    const { types, required } = columnsOf[kind]
    return `  ${kind.padEnd(10)} ${Object.keys(types)
      .map((name) => (required.includes(name) ? `${name}*` : name))
      .join(", ")}`
  })
  .join("\n")

/** `stockbook import`. */
export const importCommand = (found: (code: number) => void): Command =>
  overOrganization("import", "needed when there are several")
    .description("bring in items, opening stock or movements from CSV or JSON Lines")
    .addArgument(new Argument("<kind>", "what the file has").choices(importKinds))
    .argument("<file>", "a .csv or .jsonl file; - for standard input")
    .addOption(formatOption())
    .option("--refused <file>", "where refused rows go; <file>.refused.csv when left out")
    .option("--ignore <columns>", "columns of the file that mean nothing here, with commas between them")
    .option("--dry-run", "check the rows and print what is wrong with them; write nothing")
    .addHelpText(
      "after",
      `
Columns (* must be there; their order is free, and unit_price is unitPrice):
${columns}

items      are told apart by sku: new ones are made, those that are there get what the file says of them.
stock      is what is there at the start, by places: it comes in as an adjustment, for the reason "opening stock".
movements  are carried out in the order of the file; type is receive, issue or adjust (a quantity below 0 takes away).

The file is read piece by piece, however long it is. A row that is refused does not stop the others: it goes to a file
of its own, with its line, the field and the reason, and the command ends with 1. Importing a file again does nothing
twice: a row of stock or a movement that is the same in every column as one that was recorded (in the last 30 days) is
that one. Of rows that are the same but meant twice, let the reference differ.

  $ stockbook import items products.csv
  $ stockbook import stock count.csv --dry-run
  $ zcat sales.jsonl.gz | stockbook import movements - --format jsonl -o Acme -d postgres://stock@localhost/stock`
    )
    .action(async (kind: ImportKind, path: string, options: Options) => {
      const address = databaseAddress(options.database)
      const format = formatOf(options.format, path)
      const [{ inDatabase }, { theOrganization }, { importFile }, { Effect }] = await Promise.all([
        import("../database/database.ts"),
        import("../organization/organization.ts"),
        import("../transfer/importFile.ts"),
        import("effect")
      ])
      const transfer = {
        kind,
        path,
        format,
        refused: options.refused ?? (path === "-" ? "refused.csv" : `${path}.refused.csv`),
        ignore: (options.ignore ?? "").split(",").flatMap((name) => name.trim() || []),
        dryRun: options.dryRun === true
      }
      found(
        await inDatabase(
          address,
          Effect.flatMap(theOrganization(options.organization), (organization) => importFile(organization, transfer))
        )
      )
    })
