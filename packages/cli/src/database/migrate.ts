import { Effect } from "effect"
import { InvalidSetting } from "../InvalidSetting.ts"
import type { DatabaseAddress } from "./DatabaseAddress.ts"

/** Brings the schema up to this program's version: the version it was at, and the one it is at now. */
export const migrateDatabase = async (
  address: DatabaseAddress
): Promise<{ readonly before: number; readonly now: number }> => {
  const migrate = await migrationOf(address)
  return { before: await migrate(), now: await migrate() }
}

const migrationOf = async (address: DatabaseAddress): Promise<() => Promise<number>> => {
  if (address._tag === "Postgres") {
    const { PgMigrations } = await import("@stockbook/adapter-pg")
    return () => Effect.runPromise(PgMigrations.migrateAt({ url: address.url }))
  }
  const { SqliteClient, SqliteMigrations } = await import("@stockbook/adapter-sqlite")
  return () => Effect.runPromise(Effect.provide(SqliteMigrations.migrate, SqliteClient.layer(address)))
}

/** Whether a Postgres database had been restored in another cluster, where it now begins anew. */
export const adoptDatabase = async (address: DatabaseAddress): Promise<boolean> => {
  if (address._tag !== "Postgres") throw new InvalidSetting("--adopt", "is for Postgres; a SQLite file needs none")
  const { PgMigrations } = await import("@stockbook/adapter-pg")
  return Effect.runPromise(PgMigrations.adopt({ url: address.url }))
}

/** What gives a migrated Postgres database row-level security. */
export const fencing = (address: DatabaseAddress): (() => Promise<void>) => {
  if (address._tag !== "Postgres") {
    throw new InvalidSetting("--row-level-security", "is for Postgres; a SQLite file has no roles")
  }
  return async () => {
    const { PgMigrations } = await import("@stockbook/adapter-pg")
    await Effect.runPromise(PgMigrations.enableRowLevelSecurity({ url: address.url }))
  }
}
