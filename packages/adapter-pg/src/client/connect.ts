import type { ConnectionOptions } from "node:tls"
import * as PgClient from "@effect/sql-pg/PgClient"
import * as PgPool from "@effect/sql-pg/PgPool"
import type { StoreError } from "@stockbook/core"
import { type Duration, Effect, Layer, Redacted, type Scope } from "effect"
import * as Reactivity from "effect/reactivity/Reactivity"
import type { SqlError } from "effect/sql/SqlError"
import { type Address, addressOf } from "./address.ts"
import type { InvalidDatabaseUrl } from "./InvalidDatabaseUrl.ts"
import { type Line, lineOf } from "./Line.ts"
import { codecs } from "./parameters.ts"
import { mapSqlErrors } from "./storeError.ts"
import type { Reserve } from "./transaction.ts"

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
   * The most connections of this process, 10 when left out. One of them listens for the commits of others; with four or
   * more, two are kept for batches, which then send statements without waiting for the answer to the last, and with six
   * or more all but four read that way.
   */
  readonly maxConnections?: number | undefined
  /** The schema all tables are in; `stockbook` when left out. */
  readonly schema?: string | undefined
  /**
   * `true` for a database that spreads its rows over servers by their organization, prepared with `distribute`. Every
   * transaction is then of one organization, several are under way at once, and all of their statements say which
   * organization it is; the statement that needs a single round trip is not used.
   */
  readonly sharded?: boolean | undefined
  /**
   * `true` for a store that opens only where Postgres itself keeps organizations apart: every transaction then reaches
   * the rows of its organization alone, whatever its statements say. `layer` sees to it that the tables have it (see
   * `rowLevelSecurity`), `layerWithoutMigrations` expects it; both fail with `NoRowLevelSecurity` when it would not hold.
   * A database that has it is used so without being asked. Not for `sharded`.
   */
  readonly rowLevelSecurity?: boolean | undefined
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
export const layerClient = (
  config: PgStoreConfig,
  { fenced = false }: { readonly fenced?: boolean } = {}
): Layer.Layer<PgClient.PgClient, StoreError | InvalidDatabaseUrl> =>
  Layer.effect(
    PgClient.PgClient,
    Effect.flatMap(settingsOf(config), (settings) => {
      const { shared } = apportioned(config, fenced)
      return clientOf({ ...settings, maxConnections: shared })
    })
  )

/** Connections for one transaction each. */
export type Lines = Effect.Effect<Line, SqlError, Scope.Scope>

/** What the write path sends its statements on. */
export interface WriteConnections {
  /**
   * The connection on which one guarded statement follows the other without waiting for its answer, so that the server
   * carries them out in the order they were sent.
   */
  readonly pipeline: PgClient.PgClient
  readonly lines: Lines
}

/**
 * One connection for each purpose, of the `maxConnections`; where there are too few to spare two, those of `shared`,
 * which send a statement when the last one is answered.
 */
export const writeConnections = Effect.fnUntraced(function* (
  config: PgStoreConfig,
  shared: PgClient.PgClient
): Effect.fn.Return<WriteConnections, StoreError | InvalidDatabaseUrl, Scope.Scope> {
  if (apportioned(config, false).writing === 0) return { pipeline: shared, lines: shared.reserve }
  const settings = withLastingPlans(yield* settingsOf(config))
  const pipeline = yield* clientOf({ ...settings, maxConnections: 1, multiplex: true })
  return { pipeline, lines: yield* makeLines(settings, 1) }
})

/** What batches are sent on where the database has row-level security: in transactions, each of one organization. */
export interface FencedConnections {
  readonly lines: Lines
  /** How many of them there are. */
  readonly inFlight: number
}

/** Those of `shared` where there are too few to have some for each purpose. */
export const fencedConnections = Effect.fnUntraced(function* (
  config: PgStoreConfig,
  shared: PgClient.PgClient
): Effect.fn.Return<FencedConnections, StoreError | InvalidDatabaseUrl, Scope.Scope> {
  const { writing } = apportioned(config, true)
  if (writing === 0) return { lines: shared.reserve, inFlight: 1 }
  return { lines: yield* makeLines(withLastingPlans(yield* settingsOf(config)), writing), inFlight: writing }
})

/**
 * Connections for all that is no batch, which send statements without waiting for the answer to the last; `null` where
 * there are too few to have some for each purpose.
 */
export const otherConnections = Effect.fnUntraced(function* (
  config: PgStoreConfig,
  fenced: boolean
): Effect.fn.Return<Reserve | null, StoreError | InvalidDatabaseUrl, Scope.Scope> {
  const { others } = apportioned(config, fenced)
  return others === 0 ? null : { reserve: yield* makeLines(yield* settingsOf(config), others) }
})

const makeLines = (
  settings: PgClient.PgPoolConfig,
  maxConnections: number
): Effect.Effect<Reserve["reserve"], StoreError, Scope.Scope> =>
  Effect.map(
    mapSqlErrors("open")(PgPool.make({ ...settings, maxConnections, multiplex: true, multiplexConcurrency: 1 })),
    ({ get }) => Effect.map(get, lineOf)
  )

/**
 * Statements are planned once, not for each batch, which costs more than most batches do; and so that the plan is right
 * whatever the tables hold by then, rows are always looked up by a key.
 */
const withLastingPlans = (pool: PgClient.PgPoolConfig): PgClient.PgPoolConfig => ({
  ...pool,
  startupParameters: {
    ...pool.startupParameters,
    plan_cache_mode: "force_generic_plan",
    enable_seqscan: "off",
    enable_hashjoin: "off",
    enable_mergejoin: "off"
  }
})

/**
 * How many connections there are for each purpose. Of the `shared` ones one listens, and one says what was committed;
 * where there are too few, or the rows lie on several servers, they are for everything.
 */
const apportioned = ({ sharded, maxConnections = defaultMaxConnections }: PgStoreConfig, fenced: boolean) => {
  if (sharded === true || maxConnections < 4) return { shared: maxConnections, writing: 0, others: 0 }
  const writing = fenced ? Math.floor((maxConnections - 2) / 2) : 2
  const left = maxConnections - writing
  return left < 4 && !fenced ? { shared: left, writing, others: 0 } : { shared: 2, writing, others: left - 2 }
}

const settingsOf = (config: PgStoreConfig): Effect.Effect<PgClient.PgPoolConfig, InvalidDatabaseUrl> => {
  const url = typeof config.url === "string" ? config.url : Redacted.value(config.url)
  return Effect.map(Effect.fromResult(addressOf(url, config.ssl)), (address) => poolOf(config, address))
}

const clientOf = (pool: PgClient.PgPoolConfig): Effect.Effect<PgClient.PgClient, StoreError, Scope.Scope> =>
  mapSqlErrors("open")(Effect.provide(PgClient.make(pool), Reactivity.layer))

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
    timezone: "UTC",
    // Compiling a statement takes longer than any of these runs.
    jit: "off",
    // What is listed lies in memory or on a disk without a head to move: an index is read as fast as a table.
    random_page_cost: "1.1"
  }
})

/** A name as an identifier in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
