import { type JoinedDriver, NoTransaction, type StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { isSqlError } from "effect/sql/SqlError"
import { defaultSchema } from "../client/connect.ts"
import { hostLines } from "../client/hostLine.ts"
import type { Line } from "../client/Line.ts"
import { sqlStateOf } from "../client/storeError.ts"
import { transactOn } from "./PgStock.ts"
import { transactShardedOn } from "./ShardedStock.ts"
import { theOrganization } from "./theOrganization.ts"

/** The store that is joined. */
export interface JoinOptions {
  /** The schema all tables are in; `stockbook` when left out. */
  readonly schema?: string | undefined
  /** Whether it was opened as `sharded`. */
  readonly sharded?: boolean | undefined
}

/**
 * The write path within a transaction of the host's: the locked road on the host's connection, in a savepoint.
 *
 * It goes by row locks, for which read committed is what it wants. A transaction with a snapshot of its own is refused
 * (`conflict`) where somebody else has changed an item since it began.
 */
export const joinedPg = (host: Line, { schema = defaultSchema, sharded = false }: JoinOptions): JoinedDriver => {
  const lineOf = hostLines(host, schema)
  const transactOnHost = sharded ? transactShardedOn : transactOn
  return {
    transact: (footprint, fold) =>
      Effect.suspend(() => {
        const line = lineOf(theOrganization(footprint))
        return Effect.mapError(transactOnHost(Effect.succeed(line))(footprint, fold), withoutTransaction)
      })
  }
}

/** no_active_sql_transaction, in_failed_sql_transaction */
const unfit: ReadonlySet<string | null> = new Set(["25P01", "25P02"])

const withoutTransaction = (error: StoreError): StoreError | NoTransaction =>
  isSqlError(error.cause) && unfit.has(sqlStateOf(error.cause)) ? new NoTransaction() : error
