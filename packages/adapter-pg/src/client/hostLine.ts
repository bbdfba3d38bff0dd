import { PgTypes } from "@effect/sql-pg"
import type { OrganizationId } from "@stockbook/core"
import { Effect, Predicate, Semaphore } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import { ConnectionError, SqlError, UnknownError } from "effect/sql/SqlError"
import { quoted } from "./connect.ts"
import type { Line } from "./Line.ts"
import { isSqlState } from "./storeError.ts"

/** A connection of the host's, as `pg` has it: a `Client`, or a `PoolClient` that is checked out. */
export interface PgHostClient {
  readonly query: (query: {
    readonly text: string
    readonly values: Array<unknown>
    readonly rowMode: "array"
  }) => Promise<{
    readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
    readonly fields: ReadonlyArray<{ readonly name: string; readonly dataTypeID: number }>
  }>
}

/** The connection of a driver that knows nothing of this store's types: parameters as text, `bigint`s as digits. */
export const clientLine = (client: PgHostClient): Line => {
  const ask = (text: string, parameters: ReadonlyArray<unknown>) =>
    Effect.tryPromise({
      try: async () => {
        const { rows, fields } = await client.query({ text, values: parameters.map(plain), rowMode: "array" })
        const isInteger = fields.map(({ dataTypeID }) => integers.has(dataTypeID))
        return {
          names: fields.map(({ name }) => name),
          rows: rows.map((row) => row.map((value, at) => (isInteger[at] === true ? toNumber(value) : value)))
        }
      },
      catch: failed
    })
  return {
    execute: (text, parameters) =>
      Effect.map(ask(text, parameters), ({ names, rows }) =>
        rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])))
      ),
    executeRaw: ask,
    executeValues: (text, parameters) => Effect.map(ask(text, parameters), ({ rows }) => rows)
  }
}

/** The connection of a transaction of `@effect/sql-pg`, whose `bigint`s are bigints unless its host has others. */
export const connectionLine = (connection: Connection): Line => ({
  execute: (text, parameters) =>
    Effect.map(connection.execute(text, parameters.map(withBigints), undefined), (rows) =>
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, withNumber(value)])))
    ),
  executeRaw: (text, parameters) => connection.executeRaw(text, parameters.map(withBigints)),
  executeValues: (text, parameters) =>
    Effect.map(connection.executeValues(text, parameters.map(withBigints)), (rows) =>
      rows.map((row) => row.map(withNumber))
    )
})

const integers: ReadonlySet<number> = new Set([PgTypes.OID.int2, PgTypes.OID.int4, PgTypes.OID.int8])

const toNumber = (value: unknown): number | null => {
  if (value === null) return null
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${String(value)} is no safe integer`)
  return number
}

const withNumber = (value: unknown): unknown => (typeof value === "bigint" ? toNumber(value) : value)

const plain = (parameter: unknown): unknown => (isTyped(parameter) ? parameter.value : parameter)

const withBigints = (parameter: unknown): unknown => {
  if (!isTyped(parameter)) return parameter
  const { oid, value } = parameter
  if (oid === PgTypes.OID.int8Array && Array.isArray(value)) return { ...parameter, value: value.map(toBigint) }
  return oid === PgTypes.OID.int8 ? { ...parameter, value: toBigint(value) } : parameter
}

const toBigint = (value: unknown): unknown => (typeof value === "number" ? BigInt(value) : value)

const isTyped = (parameter: unknown): parameter is PgTypes.Parameter =>
  Predicate.hasProperty(parameter, PgTypes.ParameterTypeId)

/** What the server says has a code; without one the connection failed. */
const failed = (cause: unknown): SqlError => {
  const said = Predicate.hasProperty(cause, "code") && isSqlState(cause.code)
  const message = cause instanceof Error ? cause.message : "The statement could not be run"
  return new SqlError({ reason: new (said ? UnknownError : ConnectionError)({ cause, message, operation: "execute" }) })
}

/**
 * Names the tables' schema, and for row-level security the organization, for as long as a command lasts, and tells what
 * was named before.
 */
const enter = `WITH before AS MATERIALIZED (
    SELECT current_setting('search_path') AS path, current_setting('stockbook.organization', true) AS organization)
  SELECT path, organization, set_config('search_path', $1, true), set_config('stockbook.organization', $2, true)
  FROM before`
const leave = "SELECT set_config('search_path', $1, true), set_config('stockbook.organization', $2, true)"

/**
 * Lines within a transaction of the host's, each for commands of one organization. What begins and ends a transaction
 * elsewhere begins and ends a savepoint here, and the tables' schema is looked in meanwhile. Statements go one after the
 * other: not every driver queues them.
 */
export const hostLines = (host: Line, schema: string): ((organization: OrganizationId) => Line) => {
  const turn = Semaphore.makeUnsafe(1)
  const say = (statement: string) => host.executeValues(statement, [])
  const release = say("RELEASE SAVEPOINT stockbook")
  return (organization) => {
    let before: ReadonlyArray<string> = []
    const controls: Readonly<Record<string, Effect.Effect<unknown, SqlError>>> = {
      BEGIN: Effect.gen(function* () {
        yield* say("SAVEPOINT stockbook")
        const [row] = yield* host.executeValues(enter, [quoted(schema), String(organization)])
        before = [String(row?.[0] ?? ""), String(row?.[1] ?? "")]
      }),
      COMMIT: Effect.suspend(() => Effect.andThen(host.executeValues(leave, before), release)),
      // What the savepoint's settings were comes back with it.
      ROLLBACK: Effect.andThen(say("ROLLBACK TO SAVEPOINT stockbook"), release)
    }
    const control = (statement: string) => {
      const found = controls[statement]
      return found === undefined ? null : Effect.as(found, [])
    }
    return {
      execute: (statement, parameters, transform) =>
        turn.withPermit(control(statement) ?? host.execute(statement, parameters, transform)),
      executeRaw: (statement, parameters) =>
        turn.withPermit(control(statement) ?? host.executeRaw(statement, parameters)),
      executeValues: (statement, parameters) =>
        turn.withPermit(control(statement) ?? host.executeValues(statement, parameters))
    }
  }
}
