import type { Changes, Guarded, StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { WriteConnections } from "../client/connect.ts"
import { inTurn, type Line } from "../client/Line.ts"
import { isRefusal, mapSqlErrors } from "../client/storeError.ts"
import { commit, onLine } from "../client/transaction.ts"
import { storeDocumentsOf } from "./documents.ts"
import { encodeChanges, noGuard } from "./encode.ts"
import { blockAt, load } from "./load.ts"
import { storeChanges } from "./statements.ts"

/**
 * The write path.
 *
 * The locked road is BEGIN, lock, read, fold, store, COMMIT, in two round trips, with isolation by row locks (see `load`).
 * The fast road is one statement with a commit of its own. The function it calls locks the guarded items, in ascending
 * order of their ids like all who lock them, and only then compares versions; every change to anything within an item
 * gives it a version of its own under the same lock. What is decided on those versions is therefore decided on what is
 * there. Such statements follow each other on the connection of `pipeline` without waiting for the answers; one that
 * fails leaves those behind it to their own guards.
 */
export const pgStock = ({ lines, pipeline }: WriteConnections): StockDriver => ({
  transact: transactOn(lines),
  storeGuarded: (changes, guard, wantsIds) =>
    // Sent, it is carried out: interrupting it would leave open whether it was.
    Effect.uninterruptible(
      Effect.map(pipeline.unsafe(storeChanges, encodeChanges(changes, guard, wantsIds)).values, toGuarded).pipe(
        Effect.catchIf(isRefusal, () => Effect.succeed(refused)),
        mapSqlErrors("committing")
      )
    )
})

/** The locked road, on a line that begins and commits. */
export const transactOn =
  (lines: WriteConnections["lines"]): StockDriver["transact"] =>
  (footprint, fold) =>
    onLine(lines, (line) =>
      Effect.gen(function* () {
        const changes = fold(yield* mapSqlErrors("open")(load(line, footprint)))
        yield* changes === null ? Effect.ignore(line.execute("ROLLBACK", [], undefined)) : storeAndCommit(line, changes)
      })
    )

/** What `store_changes` answered. */
const toGuarded = ([row]: ReadonlyArray<ReadonlyArray<unknown>>): Guarded => {
  const answer = Number(row?.[0] ?? -1)
  return { stored: answer >= 0, ids: answer > 0 ? blockAt(answer) : null }
}

const refused: Guarded = { stored: false, ids: null }

/**
 * Stores changes and commits, in one round trip if all of them are in one statement. A COMMIT that follows a statement
 * that failed is a ROLLBACK, so that what the server said of the statement stands; only when the connection is lost is
 * it not known whether COMMIT came through.
 */
const storeAndCommit = Effect.fnUntraced(function* (line: Line, changes: Changes) {
  const store = line.executeValues(storeChanges, encodeChanges(changes, noGuard, false))
  if (changes.documents.length + changes.serials.length > 0) {
    yield* mapSqlErrors("open")(Effect.andThen(store, storeDocumentsOf(line, changes)))
    return yield* mapSqlErrors("committing")(commit(line))
  }
  const [stored, committed] = yield* Effect.all([Effect.exit(store), Effect.exit(commit(line))], inTurn)
  yield* mapLostCommit(stored)
  yield* mapSqlErrors("committing")(committed)
})

const mapLostCommit = <A>(stored: Effect.Effect<A, SqlError>) =>
  Effect.catch(stored, (error) =>
    mapSqlErrors(error.reason._tag === "ConnectionError" ? "committing" : "open")(Effect.fail(error))
  )
