import { Cause, Clock, Context, Effect, Exit, Layer, Option, Result, Schedule } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import { type Footprint, footprintOf } from "../rules/Footprint.ts"
import { type Answer, fold, type Submission, type Unchanged } from "../rules/fold.ts"
import type { Command } from "../stock/Command.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Changes, Guarded, Loaded } from "../store/StockDriver.ts"
import { Store } from "../store/Store.ts"
import { StoreError } from "../store/StoreError.ts"
import { answered } from "./answered.ts"
import { makeBatchQueue } from "./BatchQueue.ts"
import { CommitSignal } from "./CommitSignal.ts"
import { decideLoaded } from "./decideLoaded.ts"
import type { CommandError } from "./EngineError.ts"
import { EngineMetrics } from "./EngineMetrics.ts"
import { batchSpan, commandSpan } from "./EngineSpans.ts"
import { IdSupply } from "./IdSupply.ts"
import { ItemMemory, type LocalTime } from "./ItemMemory.ts"
import { makeLanes } from "./Lanes.ts"
import { Roads } from "./Roads.ts"
import { submissionOf } from "./submission.ts"
import { toChanges } from "./workingState.ts"

/** A command as plain data; ids and quantities are checked when it is executed. */
export type CommandInput = typeof Command.Encoded

/** What may be said with a command. */
export interface ExecuteOptions {
  /**
   * A name the caller gives this request, 1–200 characters: the same key and command again is answered with the
   * first outcome and done once; the same key with another command is an `IdempotencyConflict`. A rejection is not
   * remembered, for nothing happened.
   */
  readonly idempotencyKey?: string | undefined
  /**
   * Carries the command out only if this item, which the command names, has not changed since the caller read it with
   * this version; fails with `ChangedMeanwhile` otherwise. A command already done under the key is answered all the same.
   */
  readonly unchanged?: Unchanged | undefined
}

/** How the engine gathers commands. */
export interface EngineOptions {
  /** The most commands one transaction carries; 256 when left out. */
  readonly batchSize?: number | undefined
  /** The most commands waiting; one more is refused with `Overloaded`. 10,000 when left out. */
  readonly capacity?: number | undefined
  /** The most items remembered between batches, by stores that can confirm them; 10,000 when left out. */
  readonly rememberedItems?: number | undefined
}

/**
 * Carries out commands: load, decide, commit, many at a time.
 *
 * Law: a command is answered with an outcome only after everything it changed is durable. Concurrent commands equal
 * some serial order. A rejected command changed nothing. A caller who goes away before its batch starts leaves no
 * trace; later, the command is carried out all the same. Closing the layer finishes what was accepted.
 */
export class StockEngine extends Context.Service<
  StockEngine,
  {
    /** Carries out one command, or a `Linked` list of them, all or nothing. */
    readonly execute: (command: CommandInput, options?: ExecuteOptions) => Effect.Effect<Outcome, CommandError>
    /** Commands waiting for a batch. */
    readonly waiting: Effect.Effect<number>
    /**
     * What stands for all that this engine remembers of an item; `null` while it remembers nothing of it.
     *
     * Law: when it is the same before and after a command on the item that was carried out, then nobody else changed
     * anything within the item, names included, from before until the command was stored.
     */
    readonly remembered: (item: ItemId) => object | null
  }
>()("@stockbook/core/engine/StockEngine") {
  static readonly layer = (options: EngineOptions = {}): Layer.Layer<StockEngine, never, Store | CommitSignal> =>
    Layer.effect(StockEngine, make(options))
}

const make = Effect.fnUntraced(function* (options: EngineOptions) {
  const store = yield* Store
  const signal = yield* CommitSignal
  const { lanes } = store.stock
  // What is remembered, and the roads, are for one batch after the other.
  const storeGuarded = lanes === undefined ? store.stock.storeGuarded : undefined
  const clock = yield* Clock.Clock

  const memory = new ItemMemory(options.rememberedItems ?? 10_000)
  const ids = new IdSupply()
  const localTime = (): LocalTime => ({
    now: clock.currentTimeMillisUnsafe(),
    steady: Number(clock.monotonicTimeNanosUnsafe() / 1_000_000n)
  })
  const roads = new Roads()
  const metrics = new EngineMetrics(yield* Effect.context<never>())

  /** Lock, load, decide and write in one transaction of the store. */
  const lockedRoad = Effect.fnUntraced(function* (batch: ReadonlyArray<Submission>, footprint: Footprint) {
    let answers: ReadonlyArray<Answer> = []
    let learn = () => {}
    let events: Changes["events"] = []
    const run = (loaded: Loaded): Changes | null => {
      const { state, folded, changes } = decideLoaded(batch, footprint, loaded)
      answers = folded.answers
      events = folded.events
      const local = localTime()
      if (storeGuarded !== undefined) {
        learn = () => {
          memory.learn(loaded, state, folded, local)
          ids.replace({ nextId: state.nextId, idLimit: loaded.idLimit ?? 0 })
        }
      }
      return changes
    }
    yield* store.stock.transact(footprint, run)
    learn()
    metrics.stored(events)
    return answers
  })

  /**
   * Decides on what is remembered and lets the store confirm it while it writes, in one round trip. `null` when not
   * all of the footprint is remembered, or the store has moved on: nothing was written, and the locked road decides.
   *
   * The next batch may go as soon as this one is sent. It is decided on what this one will have written, and its guard
   * asks for the versions this one gives: if this one is not stored, neither is what was decided on it.
   */
  const fastRoad = Effect.fnUntraced(function* (
    batch: ReadonlyArray<Submission>,
    footprint: Footprint,
    next: () => void
  ) {
    if (storeGuarded === undefined || roads.carriesAny(footprint.keys.keys())) return null
    if (batch.some(({ command }) => isForTheLockedRoad(command._tag))) return null
    const local = localTime()
    const firstId = ids.first(batch.length)
    const recalled = firstId === null ? null : memory.recall(footprint, firstId, local)
    if (firstId === null || recalled === null) return null
    const { state, now } = recalled
    // From here on the fold writes to remembered items: they are right again only once the store has confirmed.
    const items = Array.from(state.items.keys())
    const folded = fold(state, batch, new Map(), now)
    const guard = memory.guard(footprint, state, folded)
    const changes = toChanges(state, folded, firstId)
    // Documents and serials are written on the locked road only.
    if (!ids.spend(state.nextId, batch.length) || folded.documents.size + folded.serials.size > 0) {
      memory.forget(items)
      return null
    }
    memory.expect(state, folded)
    const wantsIds = ids.ask(batch.length)
    next()
    const { stored, ids: fresh } = yield* roads.fast(
      footprint.keys.keys(),
      storeGuarded(changes, guard, wantsIds).pipe(
        Effect.catchIf(mayRetry, () => Effect.succeed(refused)),
        Effect.onError(() =>
          Effect.sync(() => {
            memory.forget(items)
            if (wantsIds) ids.answered(null)
          })
        )
      )
    )
    if (wantsIds) ids.answered(fresh)
    if (stored) {
      memory.confirm(state)
      metrics.stored(folded.events)
      return folded.answers
    }
    memory.forget(items)
    memory.conflict(items, local)
    return null
  })

  const attempt = Effect.fnUntraced(function* (batch: ReadonlyArray<Submission>, next: () => void = () => {}) {
    const footprint = footprintOf(batch)
    yield* roads.open
    const locked = Effect.retry(lockedRoad(batch, footprint), { while: mayRetry, schedule: whileBusy })
    const answers =
      (yield* fastRoad(batch, footprint, next)) ?? (yield* lanes === undefined ? roads.locked(locked) : locked)
    yield* signal.committed
    return answers.map(answered)
  })

  /**
   * A batch that fails as a whole is tried command by command, so that one of them cannot take the others down. When
   * it is not known whether it was stored, only commands with a key may be tried: they find what they did.
   */
  const handle = (batch: ReadonlyArray<Submission>, next?: () => void): Effect.Effect<ReadonlyArray<Answered>> =>
    Effect.matchCauseEffect(attempt(batch, next), {
      onSuccess: Effect.succeed,
      onFailure: (cause) => {
        const reason = reasonOf(cause)
        const again = (one: Submission) =>
          reason !== "unavailable" && (reason === "unknown" ? one.key !== null : batch.length > 1)
        return Effect.forEach(batch, (one) =>
          again(one) ? tryAlone(one, reason === "unknown") : Effect.succeed<Answered>(Exit.failCause(cause))
        )
      }
    })

  /** Once it is not known whether a command was stored, no later failure says that it was not: only an answer does. */
  const tryAlone = (one: Submission, doubted: boolean): Effect.Effect<Answered> => {
    let doubt = doubted
    return attempt([one]).pipe(
      Effect.tapError((error) =>
        Effect.sync(() => {
          if (error.reason === "unknown") doubt = true
        })
      ),
      Effect.retry({ times: one.key === null ? 0 : 5, while: (error) => error.reason === "unknown" }),
      Effect.mapError((error) =>
        doubt ? new StoreError({ reason: "unknown", message: error.message, cause: error.cause }) : error
      ),
      Effect.exit,
      Effect.map((exit) =>
        Exit.isSuccess(exit) ? (exit.value[0] ?? Exit.die("No answer")) : Exit.failCause(exit.cause)
      )
    )
  }

  const measured = (batch: ReadonlyArray<Submission>, next?: () => void) => {
    const started = clock.monotonicTimeNanosUnsafe()
    return Effect.map(batchSpan(batch.length, handle(batch, next)), (answers) => {
      metrics.answered(answers, Number(clock.monotonicTimeNanosUnsafe() - started) / 1e9, queue.waiting())
      return answers
    })
  }

  const size = { batchSize: options.batchSize ?? 256, capacity: options.capacity ?? 10_000 }
  const queue = yield* lanes === undefined
    ? makeBatchQueue({ ...size, inFlight: storeGuarded === undefined ? 1 : 2 }, measured)
    : makeLanes({ ...size, inFlight: lanes.inFlight }, ({ command }) => command.organization, measured)

  return StockEngine.of({
    waiting: Effect.sync(queue.waiting),
    remembered: (item) => memory.current(item),
    execute: (input, options) => {
      const submission = submissionOf(input, options)
      if (Result.isFailure(submission)) return Effect.fail(submission.failure)
      return commandSpan(submission.success.command, queue.submit(submission.success))
    }
  })
})

/**
 * A `Bulk` needs thousands of ids, and all others would wait for as many. A sweep is of what the store says is due: when
 * its clock was set, that is how this process hears of it.
 */
const isForTheLockedRoad = (tag: Command["_tag"]) => tag === "Bulk" || tag === "Expire" || tag === "ExpireBatches"

const refused: Guarded = { stored: false, ids: null }

/** Nothing was written, and trying again at once may succeed. */
const mayRetry = (error: StoreError) => error.reason === "busy" || error.reason === "conflict"

/** Another process writes: wait 1 ms, then longer, 25 ms at most, with jitter, for some ten seconds in all. */
const whileBusy = Schedule.min([Schedule.exponential("1 millis", 1.5), Schedule.spaced("25 millis")]).pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "10 seconds" })
)

type Answered = Exit.Exit<Outcome, CommandError>

const reasonOf = (cause: Cause.Cause<StoreError>) =>
  Option.getOrUndefined(Option.map(Cause.findErrorOption(cause), (error) => error.reason))
