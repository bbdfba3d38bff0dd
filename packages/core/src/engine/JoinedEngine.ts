import { Effect, Schedule, Schema, Semaphore } from "effect"
import { footprintOf } from "../rules/Footprint.ts"
import type { Answer, Submission } from "../rules/fold.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { StockDriver } from "../store/StockDriver.ts"
import { StoreError } from "../store/StoreError.ts"
import { answered } from "./answered.ts"
import { decideLoaded } from "./decideLoaded.ts"
import type { CommandError } from "./EngineError.ts"
import type { CommandInput, ExecuteOptions } from "./StockEngine.ts"
import { submissionOf } from "./submission.ts"

/** The connection has no transaction open, or one that has failed already. Nothing was done. */
export class NoTransaction extends Schema.TaggedError<NoTransaction>()("NoTransaction", {}) {
  override get message() {
    return "No transaction is open on this connection, or it has failed already"
  }
}

/**
 * The write path within a transaction that somebody else began and will end.
 *
 * Law: what holds of `StockDriver.transact` holds of it, but that its changes are durable only once that transaction
 * commits, and were never there when it rolls back. When it fails, nothing it did is left in the transaction, which can
 * be gone on with, and the locks it took are let go of.
 */
export interface JoinedDriver {
  readonly transact: (
    ...parameters: Parameters<StockDriver["transact"]>
  ) => Effect.Effect<void, StoreError | NoTransaction>
}

/**
 * Carries out commands within the caller's own database transaction: they commit with it, or roll back.
 *
 * Law: an outcome stands if and when the transaction commits. A refused command changed nothing, and the transaction
 * can go on. The items a command touches stay locked until the transaction ends, for every other writer, and all who
 * come with them: end it soon. A transaction that touches items in several commands may deadlock with another one
 * (`StoreError`, `conflict`); one `Linked` command takes all its locks in order.
 */
export interface JoinedEngine {
  /** Carries out one command, or a `Linked` list of them. */
  readonly execute: (
    command: CommandInput,
    options?: ExecuteOptions
  ) => Effect.Effect<Outcome, CommandError | NoTransaction>
}

/**
 * An engine within a transaction. It remembers nothing between commands, so there is nothing that a rollback could make
 * wrong; the engine that works beside it finds that versions have moved on, as it does when another process writes.
 */
export const joinedEngine = (driver: JoinedDriver): JoinedEngine => {
  // One connection does one thing at a time.
  const turn = Semaphore.makeUnsafe(1)
  const attempt = (one: Submission) =>
    Effect.suspend(() => {
      const footprint = footprintOf([one])
      let answers: ReadonlyArray<Answer> = []
      const carriedOut = driver.transact(footprint, (loaded) => {
        const { folded, changes } = decideLoaded([one], footprint, loaded)
        answers = folded.answers
        return changes
      })
      return Effect.as(carriedOut, () => answers[0])
    })
  const execute = Effect.fnUntraced(function* (command: CommandInput, options?: ExecuteOptions) {
    const one = yield* Effect.fromResult(submissionOf(command, options))
    const answer = yield* turn.withPermit(
      attempt(one).pipe(
        Effect.retry({ while: isBusy, schedule: whileBusy }),
        Effect.retry({ while: isConflict, times: 2 }),
        Effect.mapError(asOfNow)
      )
    )
    const given = answer()
    return given === undefined ? yield* Effect.die("No answer") : yield* answered(given)
  })
  return { execute }
}

const isBusy = (error: StoreError | NoTransaction) => error._tag === "StoreError" && error.reason === "busy"
/** Somebody took a name first, which the next try sees; unless the transaction's snapshot is too old to see it. */
const isConflict = (error: StoreError | NoTransaction) => error._tag === "StoreError" && error.reason === "conflict"

/** COMMIT was not sent: whatever became of the connection, nothing of it can be there. */
const asOfNow = (error: StoreError | NoTransaction) =>
  error._tag === "StoreError" && error.reason === "unknown"
    ? new StoreError({ reason: "unavailable", message: error.message, cause: error.cause })
    : error

const whileBusy = Schedule.min([Schedule.exponential("1 millis", 1.5), Schedule.spaced("25 millis")]).pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "10 seconds" })
)
