import { Command, Option } from "commander"

/** What nearly every command takes. */
export interface DatabaseOption {
  readonly database?: string | undefined
}

/** And what those take that are about one organization. */
export interface OrganizationOption extends DatabaseOption {
  readonly organization?: string | undefined
}

/** A command over a database. */
export const overDatabase = (name: string): Command =>
  new Command(name).addOption(
    new Option("-d, --database <url>", "sqlite:<file> or postgres://…; DATABASE_URL, or else sqlite:./stock.db")
  )

/** A command over the stock of one organization. */
export const overOrganization = (name: string, when: string): Command =>
  overDatabase(name).option("-o, --organization <id or name>", `whose stock; ${when}`)
