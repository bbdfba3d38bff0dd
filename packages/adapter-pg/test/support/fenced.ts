import { Effect, Layer } from "effect"
import { PgStore, rowLevelSecurity } from "../../src/index.ts"
import { runAs } from "./admin.ts"

/** A role of a process: it may read and write, owns nothing, and row-level security holds for it. */
export interface Clerk {
  readonly name: string
  /** The database's address, as this role. */
  readonly url: string
}

/** Makes a role that may read and write the tables of a migrated database. */
export const clerkOf = async (url: string, attributes = ""): Promise<Clerk> => {
  const name = `clerk_${new URL(url).pathname.slice(1)}${attributes.toLowerCase()}`
  await runAs(url, [
    `CREATE ROLE ${name} LOGIN PASSWORD 'clerk' ${attributes}`,
    `GRANT USAGE ON SCHEMA stockbook TO ${name}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA stockbook TO ${name}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA stockbook TO ${name}`
  ])
  const address = new URL(url)
  address.username = name
  address.password = "clerk"
  return { name, url: address.href }
}

/** Takes the roles of a database away that is going to be dropped. */
export const dismiss = (url: string, { name }: Clerk): Promise<void> =>
  runAs(url, [`DROP OWNED BY ${name}`, `DROP ROLE ${name}`])

/** Migrates a database. */
export const migrated = (url: string): Effect.Effect<void> =>
  Effect.orDie(Effect.scoped(Effect.asVoid(Layer.build(Layer.fresh(PgStore.layer({ url, maxConnections: 1 }))))))

/** Migrates a database, gives it row-level security, and makes a role that it holds for. */
export const fence = (url: string): Effect.Effect<Clerk> =>
  Effect.andThen(
    migrated(url),
    Effect.promise(async () => {
      await runAs(url, rowLevelSecurity())
      return clerkOf(url)
    })
  )
