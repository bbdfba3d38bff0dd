import { PgClient } from "@effect/sql-pg/PgClient"
import type { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { defaultSchema, type PgStoreConfig } from "../client/connect.ts"
import { mapSqlErrors } from "../client/storeError.ts"
import { transaction } from "../client/transaction.ts"
import { NoRowLevelSecurity } from "./NoRowLevelSecurity.ts"
import { policy, rowLevelSecurity } from "./rowLevelSecurity.ts"

/**
 * Whether the database has row-level security; and if it has, or is to have it, that it keeps this role within it.
 */
export const checkRowLevelSecurity = Effect.fnUntraced(function* (
  config: PgStoreConfig
): Effect.fn.Return<boolean, StoreError | NoRowLevelSecurity, PgClient> {
  const wanted = config.rowLevelSecurity === true
  const { role, superuser, bypassrls, fenced, open } = yield* look(config.schema ?? defaultSchema)
  if (!wanted && fenced === 0) return false
  const refused = (reason: NoRowLevelSecurity["reason"]) => new NoRowLevelSecurity({ reason, role, tables: open })
  if (config.sharded === true) return yield* refused("sharded")
  if (superuser) return yield* refused("superuser")
  if (bypassrls) return yield* refused("bypassrls")
  if (open.length > 0) return yield* refused("tables")
  return true
})

/** Gives a migrated schema row-level security where it is wanted and not there, and then checks likewise. */
export const makeRowLevelSecurity = Effect.fnUntraced(function* (
  config: PgStoreConfig
): Effect.fn.Return<boolean, StoreError | NoRowLevelSecurity, PgClient> {
  const checked = checkRowLevelSecurity(config)
  return yield* Effect.catchTag(checked, "NoRowLevelSecurity", (refusal) =>
    config.rowLevelSecurity === true && refusal.reason === "tables"
      ? Effect.andThen(addRowLevelSecurity(config.schema ?? defaultSchema), checked)
      : Effect.fail(refusal)
  )
})

/**
 * Gives a migrated schema row-level security. Processes that do so at once wait for each other, and the later ones do the
 * same again.
 */
export const addRowLevelSecurity = (schema: string): Effect.Effect<void, StoreError, PgClient> =>
  PgClient.use((client) =>
    transaction(client, "BEGIN", (connection) =>
      Effect.forEach(
        ["SET LOCAL lock_timeout = 0", "SET LOCAL statement_timeout = 0", lockIt, ...rowLevelSecurity(schema)],
        (statement) => connection.executeUnprepared(statement, [], undefined),
        { discard: true }
      )
    )
  )

/** Any number will do that nobody else's program takes. */
const lockIt = "SELECT pg_advisory_xact_lock(5070627715)"

interface Look {
  readonly role: string
  readonly superuser: boolean
  readonly bypassrls: boolean
  /** How many tables with an organization have row-level security. */
  readonly fenced: number
  /** Those with an organization that are not kept by the one policy, or not their owner, or by another policy too. */
  readonly open: ReadonlyArray<string>
}

const look = Effect.fnUntraced(function* (schema: string) {
  const sql = yield* PgClient
  const [role] = yield* mapSqlErrors("open")(
    sql<Pick<Look, "role" | "superuser" | "bypassrls">>`SELECT rolname AS role, rolsuper AS superuser,
      rolbypassrls AS bypassrls FROM pg_roles WHERE rolname = current_user`
  )
  const tables = yield* mapSqlErrors("open")(
    sql<{ readonly name: string; readonly fenced: boolean; readonly kept: boolean }>`SELECT c.relname AS name,
        c.relrowsecurity AS fenced,
        c.relrowsecurity AND c.relforcerowsecurity AND ARRAY[${policy}::name] = ARRAY(
          SELECT polname FROM pg_policy WHERE polrelid = c.oid AND polpermissive) AS kept
      FROM pg_class c
      WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema}) AND c.relkind IN ('r', 'p')
        AND (c.relname = 'organizations' OR EXISTS (SELECT FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'organization' AND NOT a.attisdropped))
      ORDER BY c.relname`
  )
  const found: Look = {
    role: role?.role ?? "",
    // A role that is not listed has no right to be let in.
    superuser: role?.superuser ?? true,
    bypassrls: role?.bypassrls ?? true,
    fenced: tables.filter(({ fenced }) => fenced).length,
    open: tables.filter(({ kept }) => !kept).map(({ name }) => name)
  }
  return found
})
