import { InvalidSetting } from "../InvalidSetting.ts"

/** Where the stock is kept. */
export type DatabaseAddress =
  | { readonly _tag: "Sqlite"; readonly filename: string }
  | { readonly _tag: "Postgres"; readonly url: string }

/** The database of `--database`, or else of `DATABASE_URL`, or else the file `stock.db` of this folder. */
export const databaseAddress = (
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env
): DatabaseAddress => {
  const url = option ?? (env["DATABASE_URL"] || "sqlite:./stock.db")
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { _tag: "Postgres", url }
  const filename = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : ""
  if (filename !== "") return { _tag: "Sqlite", filename }
  throw new InvalidSetting(
    option === undefined ? "DATABASE_URL" : "--database",
    "must be sqlite:<file>, sqlite::memory: or postgres://<user>@<host>/<database>"
  )
}
