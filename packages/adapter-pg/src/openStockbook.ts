import type { ConnectionOptions } from "node:tls"
import { type OpenOptions, type OpenStockbook, openStockbookIn } from "@stockbook/core"
import { clientLine, type PgHostClient } from "./client/hostLine.ts"
import { layer } from "./PgStore.ts"
import { joinedPg } from "./stock/joinedPg.ts"

/** Where the database is, and how the stockbook works. */
export interface OpenPgOptions extends OpenOptions {
  /** `postgres://user:password@host:port/database`, with libpq's parameters (`sslmode` …). */
  readonly url: string
  /** Goes before the URL's `sslmode`: `true`, or Node's own options. */
  readonly ssl?: boolean | ConnectionOptions | undefined
  /** The most connections of this process; 10 when left out. */
  readonly maxConnections?: number | undefined
  /** The schema all tables are in, made and migrated when need be; `stockbook` when left out. */
  readonly schema?: string | undefined
  /** `true` for a database that spreads its rows over servers by their organization, prepared with `distribute`. */
  readonly sharded?: boolean | undefined
  /** The longest any statement may take, milliseconds; 30,000 when left out. */
  readonly statementTimeout?: number | undefined
  /** The longest any statement may wait for a lock, milliseconds; 5,000 when left out. */
  readonly lockTimeout?: number | undefined
  /** The longest connecting may take, milliseconds. */
  readonly connectTimeout?: number | undefined
  /** What the server shows of this process; `stockbook` when left out. */
  readonly applicationName?: string | undefined
}

/**
 * Opens a stockbook in a Postgres database (14 to 18), as plain promises. Any number of processes may use it.
 *
 * Rejects with the codes `NewerSchema`, when a newer program migrated it, `StoreError`, when it cannot be reached, and
 * `InvalidDatabaseUrl`. Commands can join a transaction of a client of `pg` on the same database (`within`).
 */
export const openStockbook = ({
  batchSize,
  capacity,
  sweepEvery,
  retention,
  ...config
}: OpenPgOptions): Promise<OpenStockbook<PgHostClient>> =>
  openStockbookIn(layer(config), { batchSize, capacity, sweepEvery, retention }, (client: PgHostClient) =>
    joinedPg(clientLine(client), config)
  )
