import type { PgClient } from "@effect/sql-pg/PgClient"
import { StoreError } from "@stockbook/core"
import { Effect, Exit, Predicate, Scope } from "effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import type { Line } from "./Line.ts"
import { mapSqlErrors } from "./storeError.ts"

/** How a transaction starts. */
export type Begin = "BEGIN" | "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/**
 * Runs `body` on a connection of its own between BEGIN and COMMIT.
 *
 * Until COMMIT is sent every failure means that nothing was written; from then on a lost connection means that nobody
 * knows. Effect's `withTransaction` keeps the two together, and turns a ROLLBACK that finds the connection lost into a
 * defect, which is why it is not used here. Once COMMIT is under way it is not interrupted.
 */
export const transaction = <A, E>(
  client: PgClient,
  begin: Begin,
  body: (connection: Connection) => Effect.Effect<A, E>
): Effect.Effect<A, Exclude<E, SqlError> | StoreError> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const work = Effect.gen(function* () {
        const connection = yield* restore(Scope.provide(client.reserve, scope)).pipe(mapSqlErrors("open"))
        const done = yield* restore(Effect.andThen(connection.execute(begin, [], undefined), body(connection))).pipe(
          mapSqlErrors("open"),
          Effect.exit
        )
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
