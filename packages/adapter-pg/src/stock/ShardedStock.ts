import type { PgClient } from "@effect/sql-pg/PgClient"
import type { OrganizationId, StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { WriteConnections } from "../client/connect.ts"
import type { Line } from "../client/Line.ts"
import { bigint } from "../client/parameters.ts"
import { mapSqlErrors } from "../client/storeError.ts"
import { commit, onLine } from "../client/transaction.ts"
import { storeDocumentsOf } from "./documents.ts"
import { load } from "./load.ts"
import { ofOneOrganization } from "./oneOrganization.ts"
import { storeSharded } from "./storeSharded.ts"
import { theOrganization } from "./theOrganization.ts"

/**
 * The write path of a database that spreads its rows over servers by their organization (Citus and its like). It has
 * the locked road only: BEGIN, lock, read, fold, a statement for each table, COMMIT. Every statement says of which
 * organization it is, so that all of a transaction happens on one of the servers; `inFlight` such transactions, of as
 * many organizations, may be under way.
 */
export const shardedStock = (client: PgClient, inFlight: number): StockDriver => ({
  lanes: { of: "organization", inFlight },
  transact: transactShardedOn(client.reserve)
})

/** Its locked road, on a line that begins and commits. */
export const transactShardedOn =
  (lines: WriteConnections["lines"]): StockDriver["transact"] =>
  (footprint, fold) =>
    onLine(lines, (line) =>
      Effect.gen(function* () {
        const organization = theOrganization(footprint)
        const numbers: Numbers = { transaction: "" }
        const scoped = withOrganization(line, organization, numbers)
        const changes = fold(yield* mapSqlErrors("open")(load(scoped, footprint)))
        if (changes === null) return yield* Effect.ignore(line.execute("ROLLBACK", [], undefined))
        const store = storeSharded(line, organization, numbers.transaction, changes)
        yield* mapSqlErrors("open")(Effect.andThen(store, storeDocumentsOf(scoped, changes)))
        yield* mapSqlErrors("committing")(commit(line))
      })
    )

/** What is counted on the server that a transaction was begun on, wherever its rows are. */
interface Numbers {
  /** The transaction's own number. */
  transaction: string
}

/** A block of ids, and the number of the transaction. */
const takeNumbers = "SELECT nextval('ledger_ids'), pg_current_xact_id()::text"

/** The line for statements about several organizations, which it makes statements about the one. */
const withOrganization = (line: Line, organization: OrganizationId, numbers: Numbers): Line => {
  const one = bigint(organization)
  /** Ids are taken no sooner than the statement is sent that reads what the locks protect: they grow with each lock. */
  const ids = Effect.map(line.executeValues(takeNumbers, []), ([row]) => {
    numbers.transaction = String(row?.[1])
    return bigint(Number(row?.[0]))
  })
  const run = <A, E>(
    send: (statement: string, parameters: ReadonlyArray<unknown>) => Effect.Effect<A, E>,
    given: string,
    parameters: ReadonlyArray<unknown>
  ) => {
    const { statement, takes } = rewritten(given, parameters.length + 1)
    return takes === "ids"
      ? Effect.flatMap(ids, (first) => send(statement, [...parameters, one, first]))
      : send(statement, takes === "organization" ? [...parameters, one] : parameters)
  }
  return {
    execute: (statement, parameters, transform) =>
      run((text, all) => line.execute(text, all, transform), statement, parameters),
    executeValues: (statement, parameters) => run((text, all) => line.executeValues(text, all), statement, parameters),
    executeRaw: (statement, parameters) => line.executeRaw(statement, parameters)
  }
}

interface Rewritten {
  readonly statement: string
  /** What it takes beside its own parameters: the organization, or that and then the first of a block of ids. */
  readonly takes: "nothing" | "organization" | "ids"
}

const known = new Map<string, Rewritten>()

/** The statements are few, and constants. */
const rewritten = (given: string, place: number): Rewritten => {
  const before = known.get(given)
  if (before !== undefined) return before
  const statement = ofOneOrganization(given, place)
  const takes = statement.includes(`$${place + 1}`) ? "ids" : statement === given ? "nothing" : "organization"
  known.set(given, { statement, takes })
  return { statement, takes }
}
