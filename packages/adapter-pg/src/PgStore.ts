import type { PgClient as Client } from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { IdentityDriver, type JoinedEngine, joinedEngine, NoTransaction, Store, type StoreError } from "@stockbook/core"
import { Context, Effect, Layer, Option } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import {
  defaultMaxConnections,
  defaultSchema,
  type FencedConnections,
  fencedConnections,
  layerClient,
  otherConnections,
  type PgStoreConfig,
  writeConnections
} from "./client/connect.ts"
import { connectionLine } from "./client/hostLine.ts"
import type { InvalidDatabaseUrl } from "./client/InvalidDatabaseUrl.ts"
import { sessionOf } from "./client/Session.ts"
import { mapSqlErrors } from "./client/storeError.ts"
import { wakeUps } from "./client/wakeUps.ts"
import { driversOf } from "./drivers.ts"
import { fencedDrivers } from "./fence/fencedDrivers.ts"
import { clearWith } from "./retention/clearWith.ts"
import { checkRowLevelSecurity, makeRowLevelSecurity } from "./schema/checkRowLevelSecurity.ts"
import type { NewerSchema } from "./schema/NewerSchema.ts"
import type { NoRowLevelSecurity } from "./schema/NoRowLevelSecurity.ts"
import * as PgMigrations from "./schema/PgMigrations.ts"
import { fencedStock } from "./stock/FencedStock.ts"
import { type JoinOptions, joinedPg } from "./stock/joinedPg.ts"
import { pgStock } from "./stock/PgStock.ts"
import { shardedStock } from "./stock/ShardedStock.ts"

export type { PgStoreConfig }

/** So many organizations are written to at once; one connection listens, and one is left for those who read. */
const lanesOf = ({ maxConnections = defaultMaxConnections }: PgStoreConfig): number => Math.max(1, maxConnections - 2)

const stockOf = Effect.fnUntraced(function* (
  client: Client,
  config: PgStoreConfig,
  connections: FencedConnections | null
) {
  if (config.sharded === true) return shardedStock(client, lanesOf(config))
  return connections === null ? pgStock(yield* writeConnections(config, client)) : fencedStock(connections)
})

const storeOf = Effect.fnUntraced(function* (client: Client, config: PgStoreConfig, fenced: boolean) {
  const connections = fenced ? yield* fencedConnections(config, client) : null
  const nature = { sharded: config.sharded === true, fenced }
  const session = sessionOf(client, nature, yield* otherConnections(config, fenced))
  const { telling, heard } = yield* wakeUps(client)
  const stock = yield* stockOf(client, config, connections)
  const drivers = driversOf(client, session)
  const { identity, ...kept } = fenced ? fencedDrivers(drivers) : drivers
  const store = Context.make(
    Store,
    Store.of({
      ...kept,
      stock: telling(stock),
      // Listening takes a connection of its own.
      ...((config.maxConnections ?? defaultMaxConnections) > 1 ? { commits: heard } : {}),
      // Its functions are of several tables, which a sharded store may have in several places.
      ...(config.sharded === true
        ? {}
        : { clear: clearWith(client, fenced ? session.write : mapSqlErrors("committing")) }),
      ready: Effect.asVoid(session.read(client`SELECT FROM organizations LIMIT 1`))
    })
  )
  return Context.add(store, IdentityDriver, identity)
})

/** Why a store does not open. */
export type OpenError = StoreError | NewerSchema | NoRowLevelSecurity | InvalidDatabaseUrl

/** Prepares a connection of its own, and then opens the pools that suit what it found. */
const opened = (
  config: PgStoreConfig,
  prepare: Effect.Effect<boolean, StoreError | NewerSchema | NoRowLevelSecurity, Client>
): Layer.Layer<Store | IdentityDriver, OpenError> =>
  Effect.provide(prepare, layerClient({ ...config, maxConnections: 1 }), { local: true }).pipe(
    Effect.map((fenced) =>
      Layer.effectContext(Effect.flatMap(PgClient, (client) => storeOf(client, config, fenced))).pipe(
        Layer.provide(layerClient(config, { fenced }))
      )
    ),
    Layer.unwrap
  )

/**
 * The store over a schema that was migrated beforehand, for a role that may read and write its tables and use its
 * sequences but not change them. Fails with `NewerSchema` when a newer program migrated it, with `StoreError` when
 * it was not migrated as far as this program needs, or the database cannot be reached, and with `NoRowLevelSecurity`
 * when that is asked for, or there, and would not hold.
 */
export const layerWithoutMigrations = (config: PgStoreConfig): Layer.Layer<Store | IdentityDriver, OpenError> =>
  opened(config, Effect.andThen(PgMigrations.check(config.schema), checkRowLevelSecurity(config)))

/**
 * A store in a Postgres database (14 to 18), shared by any number of processes. The schema is made and migrated when
 * need be, and given row-level security where that is asked for.
 *
 * Fails with `NewerSchema` when a newer program migrated it, with `StoreError` when the database cannot be reached,
 * with `NoRowLevelSecurity` when that would not hold, and with `InvalidDatabaseUrl` when its address says what cannot
 * be done.
 */
export const layer = (config: PgStoreConfig): Layer.Layer<Store | IdentityDriver, OpenError> =>
  opened(config, Effect.andThen(PgMigrations.migrate(config.schema ?? defaultSchema), makeRowLevelSecurity(config)))

/**
 * An engine within the transaction that a client of `@effect/sql-pg` has under way (`sql.withTransaction`) on the same
 * database: what it carries out commits and rolls back with what the host writes there. Fails with `NoTransaction` when
 * there is none.
 */
export const within = (sql: SqlClient, options: JoinOptions = {}): Effect.Effect<JoinedEngine, NoTransaction> =>
  Effect.flatMap(
    Effect.serviceOption(sql.transactionService),
    Option.match({
      onNone: () => Effect.fail(new NoTransaction()),
      onSome: ([connection]) => Effect.succeed(joinedEngine(joinedPg(connectionLine(connection), options)))
    })
  )
