import { catalogTables } from "./0001_catalog.ts"
import { catalogChanges } from "./0001_catalogChanges.ts"
import { functions } from "./0001_functions.ts"
import { guards } from "./0001_guards.ts"
import { tables } from "./0001_tables.ts"
import { tallies } from "./0001_tallies.ts"

/** One step forward from the schema before it. A released migration is never edited. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** The statements, for tables in the schema of this quoted name. */
  readonly statements: (schema: string) => ReadonlyArray<string>
}

/** All migrations, oldest first, numbered from 1 without gaps. */
export const migrations: ReadonlyArray<Migration> = [
  {
    id: 1,
    name: "initial",
    statements: (s) => [
      ...catalogTables(s),
      ...tables(s),
      ...tallies(s),
      ...catalogChanges(s),
      ...guards(s),
      ...functions(s)
    ]
  }
]

/** The schema this program works with. */
export const schemaVersion = migrations.length
