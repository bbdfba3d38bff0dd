import type { ConnectionOptions } from "node:tls"
import {
  InvalidInput,
  type OpenOptions,
  type OpenStockbook,
  openFields,
  openOptions,
  openStockbookIn,
  StockbookError
} from "@stockbook/core"
import { Predicate, Schema } from "effect"
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
  /**
   * `true` for a store that opens only where Postgres itself keeps organizations apart; gives the tables row-level
   * security when need be.
   */
  readonly rowLevelSecurity?: boolean | undefined
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
 * Rejects with the codes `InvalidInput`, when an option is wrong or unknown, `NewerSchema`, when a newer program migrated
 * it, `StoreError`, when it cannot be reached, `NoRowLevelSecurity`, when that is asked for, or there, and would not
 * hold, and `InvalidDatabaseUrl`. Commands can join a transaction of a client of `pg` on the same database (`within`).
 */
export const openStockbook = async (options: OpenPgOptions): Promise<OpenStockbook<PgHostClient>> => {
  const { batchSize, capacity, sweepEvery, retention, ...config } = optionsOf(options)
  return openStockbookIn(layer(config), { batchSize, capacity, sweepEvery, retention }, (client: PgHostClient) =>
    joinedPg(clientLine(transactionOf(client)), config)
  )
}

const text = Schema.optional(Schema.String.check(Schema.isMinLength(1), Schema.isPattern(/^[^\0]*$/)))
const positive = Schema.optional(Schema.Int.check(Schema.isGreaterThan(0)))
const isTls = (value: unknown): value is ConnectionOptions => typeof value === "object" && value !== null

const own = {
  url: Schema.String.check(Schema.isMinLength(1)),
  ssl: Schema.optional(Schema.Union([Schema.Boolean, Schema.declare(isTls, { expected: "options of node:tls" })])),
  maxConnections: positive,
  schema: text,
  sharded: Schema.optional(Schema.Boolean),
  rowLevelSecurity: Schema.optional(Schema.Boolean),
  statementTimeout: positive,
  lockTimeout: positive,
  connectTimeout: positive,
  applicationName: text
} satisfies { readonly [K in Exclude<keyof OpenPgOptions, keyof OpenOptions>]-?: Schema.Top }

const optionsOf = openOptions(Schema.Struct({ ...openFields, ...own }))

const transactionOf = (client: unknown) => {
  if (isClient(client)) return client
  const issues = [{ path: ["transaction"], message: "Expected a client of pg, with a method query" }]
  throw new StockbookError(new InvalidInput({ issues }))
}

const isClient = (client: unknown): client is PgHostClient =>
  Predicate.hasProperty(client, "query") && typeof client.query === "function"
