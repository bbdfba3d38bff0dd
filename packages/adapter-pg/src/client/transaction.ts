import { StoreError } from "@stockbook/core"
import { Effect, Exit, Predicate, Scope } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import { inTurn, type Line } from "./Line.ts"
import { mapSqlErrors } from "./storeError.ts"

const beginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/** How a transaction starts. */
type Begin = "BEGIN" | typeof beginSnapshot

/** Where a transaction gets its connection; `PgClient` is one. */
export interface Reserve {
  readonly reserve: Effect.Effect<Connection, SqlError, Scope.Scope>
}

/**
 * Runs `body` on a connection of its own between BEGIN and COMMIT. What it sends first goes along with BEGIN, on a
 * connection that sends at once what it is given, if `ahead` is given, which goes between the two.
 *
 * Until COMMIT is sent every failure means that nothing was written; from then on a lost connection means that nobody
 * knows. Effect's `withTransaction` keeps the two together, and turns a ROLLBACK that finds the connection lost into a
 * defect, which is why it is not used here. Once COMMIT is under way it is not interrupted.
 */
export const transaction = <A, E>(
  client: Reserve,
  begin: Begin,
  body: (connection: Connection) => Effect.Effect<A, E>,
  ahead?: (connection: Connection) => Effect.Effect<unknown, SqlError>
): Effect.Effect<A, Exclude<E, SqlError> | StoreError> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const work = Effect.gen(function* () {
        const connection = yield* restore(Scope.provide(client.reserve, scope)).pipe(mapSqlErrors("open"))
        const begun = connection.execute(begin, [], undefined)
        const done = yield* restore(
          ahead === undefined
            ? Effect.andThen(begun, body(connection))
            : together(begun, ahead(connection), body(connection))
        ).pipe(mapSqlErrors("open"), Effect.exit)
        if (Exit.isSuccess(done)) {
          yield* commit(connection).pipe(mapSqlErrors("committing"))
          return done.value
        }
        // A connection that is lost has rolled back; a pool takes no dead connection back.
        yield* Effect.ignore(connection.execute("ROLLBACK", [], undefined))
        return yield* done
      })
      return yield* Effect.onExit(work, (exit) => Scope.close(scope, exit))
    })
  )

/** Runs `body`, which reads one committed state, in a transaction of a connection of its own. */
export const snapshot = <A, E>(
  client: Reserve,
  body: (connection: Connection) => Effect.Effect<A, E>,
  ahead?: (connection: Connection) => Effect.Effect<unknown, SqlError>
): Effect.Effect<A, Exclude<E, SqlError> | StoreError> => transaction(client, beginSnapshot, body, ahead)

/**
 * The same on a connection that sends at once what it is given: what `body` sends first goes along with BEGIN, and nobody
 * waits for the end, after which the connection is for the next.
 */
export const snapshotOnLine = <A, E>(
  lines: Reserve,
  body: (connection: Connection) => Effect.Effect<A, E>,
  ahead: (connection: Connection) => Effect.Effect<unknown, SqlError>
): Effect.Effect<A, Exclude<E, SqlError> | StoreError> =>
  Effect.scoped(
    Effect.flatMap(lines.reserve, (line) =>
      Effect.onExit(together(line.execute(beginSnapshot, [], undefined), ahead(line), body(line)), () =>
        Effect.forkDetach(Effect.ignore(line.execute("COMMIT", [], undefined)), { startImmediately: true })
      )
    )
  ).pipe(mapSqlErrors("open"))

/** The first that failed says why. */
const together = Effect.fnUntraced(function* <A, E>(
  begun: Effect.Effect<unknown, SqlError>,
  ahead: Effect.Effect<unknown, SqlError>,
  body: Effect.Effect<A, E>
) {
  const [first, second, third] = yield* Effect.all([Effect.exit(begun), Effect.exit(ahead), Effect.exit(body)], inTurn)
  yield* first
  yield* second
  return yield* third
})

/**
 * Runs `body`, which begins and commits on its own, on a line of its own, and ends what it leaves uncommitted. It is not
 * interrupted: what was sent is carried out.
 */
export const onLine = <A, E>(
  acquire: Effect.Effect<Line, SqlError, Scope.Scope>,
  body: (line: Line) => Effect.Effect<A, E>
): Effect.Effect<A, E | StoreError> =>
  Effect.uninterruptible(
    Effect.scoped(
      Effect.flatMap(mapSqlErrors("open")(acquire), (line) =>
        Effect.onError(body(line), () => Effect.ignore(line.execute("ROLLBACK", [], undefined)))
      )
    )
  )

/** Postgres answers a COMMIT of a transaction that a failed statement had ended with ROLLBACK, and no error. */
export const commit = (connection: Line): Effect.Effect<void, SqlError | StoreError> =>
  Effect.flatMap(connection.executeRaw("COMMIT", []), (result) =>
    Predicate.hasProperty(result, "command") && result.command === "ROLLBACK"
      ? Effect.fail(new StoreError({ reason: "corrupt", message: "COMMIT rolled back", cause: result }))
      : Effect.void
  )
