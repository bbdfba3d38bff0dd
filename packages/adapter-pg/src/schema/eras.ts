import { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import type { Connection } from "effect/sql/SqlConnection"

/*
 * The feed goes by the numbers of transactions, and those are a cluster's own: restored from a dump into another one, a
 * database has rows "of the future" in it, and what is written next sorts before them. So each stay in a cluster is an
 * era, and begins with an id that no row had before: the era of a row is known by its id.
 */

/** The era a database is in. */
interface Era {
  readonly number: number
  /** What Postgres calls the cluster; `null` if it may not be known. */
  readonly cluster: string | null
}

/** Of a schema that was migrated. */
const present = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const [row] = yield* connection.executeValues(
    `SELECT number, cluster FROM ${schema}.eras ORDER BY number DESC LIMIT 1`,
    []
  )
  const era: Era = { number: Number(row?.[0]), cluster: typeof row?.[1] === "string" ? row[1] : null }
  return era
})

/** What this cluster is called, in all its replicas and after a restart; not after pg_upgrade, nor in another one. */
const clusterOf = Effect.fnUntraced(function* (connection: Connection) {
  const [may] = yield* connection.executeValues(
    "SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')",
    []
  )
  if (may?.[0] !== true) return null
  const [row] = yield* connection.executeValues("SELECT system_identifier::text FROM pg_control_system()", [])
  return String(row?.[0])
})

/** Fails if the database was last used in another cluster, for then its feed would skip what is written here. */
export const checkEra = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const era = yield* present(connection, schema)
  const cluster = yield* clusterOf(connection)
  if (era.cluster !== null && cluster !== null && era.cluster !== cluster) {
    const message =
      "The database was restored in another cluster: PgMigrations.adopt (stockbook migrate --adopt) has to be run once"
    return yield* new StoreError({ reason: "unavailable", message, cause: null })
  }
  return { era, cluster }
})

/** Checks, and notes the cluster of a schema that is new. */
export const noteEra = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const { era, cluster } = yield* checkEra(connection, schema)
  if (era.cluster !== null || cluster === null) return
  yield* connection.executeUnprepared(
    `UPDATE ${schema}.eras SET cluster = $1 WHERE number = $2`,
    [cluster, era.number],
    undefined
  )
})

/** Begins an era, unless the database is where it was; whether it did. */
export const beginEra = Effect.fnUntraced(function* (connection: Connection, schema: string) {
  const era = yield* present(connection, schema)
  const cluster = yield* clusterOf(connection)
  if (cluster !== null && era.cluster === cluster) return false
  // They have numbers of elsewhere, too.
  yield* connection.executeUnprepared(`DELETE FROM ${schema}.catalog_changes`, [], undefined)
  yield* connection.executeUnprepared(
    `INSERT INTO ${schema}.eras (number, first_id, cluster) VALUES ($1, nextval('${schema.replaceAll("'", "''")}.ledger_ids'), $2)`,
    [era.number + 1, cluster],
    undefined
  )
  return true
})
