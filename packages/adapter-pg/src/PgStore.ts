import type { PgClient as Client } from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { sqlCatalog, sqlDeliveries, sqlIdentity, sqlLedger, sqlReasons, sqlReplies } from "@stockbook/adapter-sql"
import { IdentityDriver, type JoinedEngine, joinedEngine, NoTransaction, Store, type StoreError } from "@stockbook/core"
import { Context, Effect, Layer, Option } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import { defaultMaxConnections, layerClient, type PgStoreConfig, writeConnections } from "./client/connect.ts"
import { connectionLine } from "./client/hostLine.ts"
import type { InvalidDatabaseUrl } from "./client/InvalidDatabaseUrl.ts"
import { sessionOf } from "./client/Session.ts"
import { wakeUps } from "./client/wakeUps.ts"
import { readChanges, readHead } from "./ledger/changes.ts"
import { clearWith } from "./retention/PgRetention.ts"
import type { NewerSchema } from "./schema/NewerSchema.ts"
import * as PgMigrations from "./schema/PgMigrations.ts"
import { type JoinOptions, joinedPg } from "./stock/joinedPg.ts"
import { pgStock } from "./stock/PgStock.ts"
import { shardedStock } from "./stock/ShardedStock.ts"

export type { PgStoreConfig }

/** So many organizations are written to at once; one connection listens, and one is left for those who read. */
const lanesOf = ({ maxConnections = defaultMaxConnections }: PgStoreConfig): number => Math.max(1, maxConnections - 2)

const storeOf = Effect.fnUntraced(function* (client: Client, config: PgStoreConfig) {
  const session = sessionOf(client, config.sharded === true)
  const { telling, heard } = yield* wakeUps(client)
  const stock =
    config.sharded === true ? shardedStock(client, lanesOf(config)) : pgStock(yield* writeConnections(config, client))
  const store = Context.make(
    Store,
    Store.of({
      stock: telling(stock),
      // Listening takes a connection of its own.
      ...((config.maxConnections ?? defaultMaxConnections) > 1 ? { commits: heard } : {}),
      ledger: {
        ...sqlLedger(session),
        changes: (organization, cursor, limit, only) =>
          session.snapshot(readChanges(client, organization, cursor, limit, only)),
        head: session.read(readHead(client))
      },
      catalog: sqlCatalog(session),
      reasons: sqlReasons(session),
      deliveries: sqlDeliveries(session),
      replies: sqlReplies(session),
      // Its functions are of several tables, which a sharded store may have in several places.
      ...(config.sharded === true ? {} : { clear: clearWith(client) }),
      ready: Effect.asVoid(session.read(client`SELECT FROM organizations LIMIT 1`))
    })
  )
  return Context.add(store, IdentityDriver, sqlIdentity(session))
})

/**
 * The store over a schema that was migrated beforehand, for a role that may read and write its tables and use its
 * sequences but not change them. Fails with `NewerSchema` when a newer program migrated it, and with `StoreError` when
 * it was not migrated as far as this program needs, or the database cannot be reached.
 */
export const layerWithoutMigrations = (
  config: PgStoreConfig
): Layer.Layer<Store | IdentityDriver, StoreError | NewerSchema | InvalidDatabaseUrl> =>
  Layer.effectContext(Effect.flatMap(PgClient, (client) => storeOf(client, config))).pipe(
    Layer.provide(PgMigrations.layerCheck(config.schema)),
    Layer.provide(layerClient(config))
  )

/**
 * A store in a Postgres database (14 to 18), shared by any number of processes. The schema is made and migrated when
 * need be.
 *
 * Fails with `NewerSchema` when a newer program migrated it, with `StoreError` when the database cannot be reached, and
 * with `InvalidDatabaseUrl` when its address says what cannot be done.
 */
export const layer = (
  config: PgStoreConfig
): Layer.Layer<Store | IdentityDriver, StoreError | NewerSchema | InvalidDatabaseUrl> =>
  Layer.effectContext(Effect.flatMap(PgClient, (client) => storeOf(client, config))).pipe(
    Layer.provide(PgMigrations.layer(config.schema)),
    Layer.provide(layerClient(config))
  )

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
