import { Duration, Effect, Layer, Schedule } from "effect"
import { Store } from "../store/Store.ts"

/** How long what only grows is kept, and how often what is older is cleared. */
export interface RetentionOptions {
  /** Recorded outcomes of idempotency keys, and replies; 30 days when left out. Longer than any caller tries again. */
  readonly keys?: Duration.Input | undefined
  /** Events that every subscriber has passed; 90 days when left out. A subscriber that is new by then does not see them. */
  readonly events?: Duration.Input | undefined
  /** How often; each hour when left out. */
  readonly every?: Duration.Input | undefined
}

/**
 * Clears what a store need not keep any longer, now and then. Any number of processes may do so. A store that keeps
 * nothing beyond its process has nothing to clear.
 */
export const retention = ({
  keys = "30 days",
  events = "90 days",
  every = "1 hour"
}: RetentionOptions = {}): Layer.Layer<never, never, Store> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { clear } = yield* Store
      if (clear === undefined) return
      const kept = {
        keys: Duration.toMillis(Duration.fromInputUnsafe(keys)),
        events: Duration.toMillis(Duration.fromInputUnsafe(events))
      }
      yield* clear(kept).pipe(
        Effect.catch((error) => Effect.logWarning("What is old was not cleared", error)),
        Effect.repeat(Schedule.spaced(every)),
        Effect.forkScoped
      )
    })
  )
