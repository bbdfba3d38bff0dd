import type { ConnectionOptions } from "node:tls"
import * as PgClient from "@effect/sql-pg/PgClient"
import type { StoreError } from "@stockbook/core"
import { type Duration, Effect, Layer, Redacted, type Scope } from "effect"
import * as Reactivity from "effect/reactivity/Reactivity"
import { type Address, addressOf } from "./address.ts"
import type { InvalidDatabaseUrl } from "./InvalidDatabaseUrl.ts"
import { codecs } from "./parameters.ts"
import { mapSqlErrors } from "./storeError.ts"

/** Where the database is, and how it is used. */
export interface PgStoreConfig {
  /**
   * `postgres://user:password@host:port/database`, with libpq's parameters: `sslmode=require` encrypts, `verify-ca`
   * and `verify-full` also check who the server is, against `sslrootcert` or the system's authorities; `prefer` and
   * `allow` encrypt, and check as `verify-full` does, if the server can; without it nothing is encrypted. A parameter
   * that is unknown or not supported fails with `InvalidDatabaseUrl`.
   */
  readonly url: string | Redacted.Redacted
  /** Goes before the URL's `sslmode`: `true`, or Node's own options (`ca`, `cert`, `key`, `rejectUnauthorized` …). */
  readonly ssl?: boolean | ConnectionOptions | undefined
  /**
   * The most connections of this process, 10 when left out. One of them listens for the commits of others; with three or
   * more, one is kept for batches that follow each other closely.
   */
  readonly maxConnections?: number | undefined
  /** The schema all tables are in; `stockbook` when left out. */
  readonly schema?: string | undefined
  /** The longest any statement may take, milliseconds; 30,000 when left out. */
  readonly statementTimeout?: number | undefined
  /** The longest any statement may wait for a lock, milliseconds; 5,000 when left out. */
  readonly lockTimeout?: number | undefined
  readonly connectTimeout?: Duration.Input | undefined
  /** What the server shows of this process; the URL's `application_name`, or `stockbook`, when left out. */
  readonly applicationName?: string | undefined
}

/** The schema of a store that names none. */
export const defaultSchema = "stockbook"

export const defaultMaxConnections = 10

/** A pool of connections on which the store's statements mean what they say. */
export const layerClient = (config: PgStoreConfig): Layer.Layer<PgClient.PgClient, StoreError | InvalidDatabaseUrl> =>
  Layer.effect(
    PgClient.PgClient,
    Effect.suspend(() => {
      const all = config.maxConnections ?? defaultMaxConnections
      return clientOf(config, { maxConnections: hasPipeline(config) ? all - 1 : all })
    })
  ).pipe(Layer.provide(Reactivity.layer))

/**
 * The connection on which one guarded statement follows the other without waiting for its answer, so that the server
 * carries them out in the order they were sent. It is one of `maxConnections`; where there are too few to spare one,
 * `shared` serves, and each statement has a connection of its own.
 */
export const pipelineOf = (
  config: PgStoreConfig,
  shared: PgClient.PgClient
): Effect.Effect<PgClient.PgClient, StoreError | InvalidDatabaseUrl, Scope.Scope> =>
  hasPipeline(config)
    ? Effect.provide(clientOf(config, { maxConnections: 1, multiplex: true }), Reactivity.layer)
    : Effect.succeed(shared)

/** One connection listens, and one is for everything else. */
const hasPipeline = (config: PgStoreConfig): boolean => (config.maxConnections ?? defaultMaxConnections) > 2

const clientOf = Effect.fnUntraced(function* (config: PgStoreConfig, pool: PgClient.PgPoolConfig) {
  const url = typeof config.url === "string" ? config.url : Redacted.value(config.url)
  const address = yield* Effect.fromResult(addressOf(url, config.ssl))
  return yield* mapSqlErrors("open")(PgClient.make({ ...poolOf(config, address), ...pool }))
})

const poolOf = (config: PgStoreConfig, { url, ssl }: Address): PgClient.PgPoolConfig => ({
  url: Redacted.make(url),
  ...(ssl === undefined ? {} : { ssl }),
  ...(config.connectTimeout === undefined ? {} : { connectTimeout: config.connectTimeout }),
  applicationName: config.applicationName ?? new URL(url).searchParams.get("application_name") ?? "stockbook",
  types: codecs,
  startupParameters: {
    search_path: quoted(config.schema ?? defaultSchema),
    statement_timeout: String(config.statementTimeout ?? 30_000),
    lock_timeout: String(config.lockTimeout ?? 5_000),
    // A process that stops between BEGIN and COMMIT must not keep its locks for ever.
    idle_in_transaction_session_timeout: "60000",
    timezone: "UTC"
  }
})

/** A name as an identifier in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
