import type { StoreError } from "@stockbook/core"
import { Effect, Predicate, Schedule } from "effect"

/**
 * Tries again while another process holds the lock or took a name first.
 *
 * SQLite's own waiting (`busy_timeout`) sleeps inside the call, and `node:sqlite` calls are synchronous: it would stop
 * every timer and socket of the process. So the connection never waits (its timeout is 0), a lock that is taken comes
 * back at once as `busy`, and the waiting is done here, asleep: 1 ms, then longer, 25 ms at most, with jitter so that
 * two processes do not keep step, for some ten seconds in all. The engine does the same around `transact`.
 */
export const whileBusy = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.retry(effect, { while: isPassing, schedule })

const isPassing = (error: unknown): boolean =>
  Predicate.isTagged(error, "StoreError") && passing.has((error as StoreError).reason)

const passing: ReadonlySet<StoreError["reason"]> = new Set(["busy", "conflict"])

const schedule = Schedule.min([Schedule.exponential("1 millis", 1.5), Schedule.spaced("25 millis")]).pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "10 seconds" })
)
