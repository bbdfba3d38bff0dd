import { Command, Option } from "commander"
import { InvalidSetting } from "../InvalidSetting.ts"

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

/** How a file is written. */
export const formatOption = (): Option =>
  new Option("-f, --format <format>", "what its name ends with, when left out").choices(["csv", "jsonl"])

/** The format asked for, or else the one that the file's name says. */
export const formatOf = (format: string | undefined, path: string): "csv" | "jsonl" => {
  const said = format ?? /\.(csv|jsonl|ndjson)$/i.exec(path)?.[1]?.toLowerCase().replace("ndjson", "jsonl")
  if (said === "csv" || said === "jsonl") return said
  throw new InvalidSetting("--format", "is required (csv or jsonl), for the file's name does not say")
}
