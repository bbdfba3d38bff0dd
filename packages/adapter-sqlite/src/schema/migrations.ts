import { initial } from "./0001_initial.ts"

/** One step forward from the schema before it. A released migration is never edited. */
export interface Migration {
  readonly id: number
  readonly name: string
  readonly statements: ReadonlyArray<string>
}

/** All migrations, oldest first, numbered from 1 without gaps. */
export const migrations: ReadonlyArray<Migration> = [{ id: 1, name: "initial", statements: initial }]

/** The schema this program works with. */
export const schemaVersion = migrations.length
