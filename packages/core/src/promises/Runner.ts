import { Cause, type Context, Effect, Exit, Option } from "effect"
import { EngineClosed } from "../engine/EngineError.ts"
import { StockbookError } from "./StockbookError.ts"

/** What services fail with. */
export type Tagged = ConstructorParameters<typeof StockbookError>[0]

/**
 * Runs effects as promises: failures become `StockbookError`s and defects are thrown as they are. Once it is closed it
 * runs nothing more.
 */
export class Runner {
  readonly #context: Context.Context<never>
  readonly #running = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()

  constructor(context: Context.Context<never>) {
    this.#context = context
  }

  /** Gives up with the signal's reason when it is aborted. */
  async run<A, E extends Tagged>(effect: Effect.Effect<A, E>, signal?: AbortSignal): Promise<A> {
    signal?.throwIfAborted()
    if (this.#closing.signal.aborted) throw new StockbookError(new EngineClosed())
    const running = Effect.runPromiseExitWith(this.#context)(effect, signal === undefined ? {} : { signal })
    this.#running.add(running)
    const exit = await running.finally(() => this.#running.delete(running))
    if (Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)) signal?.throwIfAborted()
    return answerOf(exit)
  }

  /** Runs what lasts: closing gives it up, and then it answers `null`. */
  async runWhileOpen<A, E extends Tagged>(effect: Effect.Effect<A, E>, signal?: AbortSignal): Promise<A | null> {
    if (this.#closing.signal.aborted) return null
    const closing = this.#closing.signal
    try {
      return await this.run(effect, signal === undefined ? closing : AbortSignal.any([closing, signal]))
    } catch (error) {
      if (closing.aborted && error === closing.reason) return null
      throw error
    }
  }

  /** Refuses what comes, gives up what lasts, and waits for the rest. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled(this.#running)
  }
}

/** The value of an exit, or else what a promise is rejected with. To be called in an async function, for its stack. */
export const answerOf = <A, E extends Tagged>(exit: Exit.Exit<A, E>): A => {
  if (Exit.isSuccess(exit)) return exit.value
  throw Option.match(Cause.findErrorOption(exit.cause), {
    onNone: () => Cause.squash(exit.cause),
    onSome: (failure) => new StockbookError(failure)
  })
}
