import { type Clock, Duration, Effect, type Scheduler } from "effect"

/**
 * Where the fibers of one simulated process run: nothing runs until `settle` says so, always in the same order, and
 * nothing of real time comes in. A process that was killed runs nothing more.
 */
export class Loop implements Scheduler.Scheduler {
  readonly executionMode = "sync"
  #tasks: Array<() => void> = []
  #alive = true

  get alive(): boolean {
    return this.#alive
  }

  shouldYield(): boolean {
    return false
  }

  makeDispatcher(): Scheduler.SchedulerDispatcher {
    return {
      scheduleTask: (task) => {
        if (this.#alive) this.#tasks.push(task)
      },
      flush: () => this.settle()
    }
  }

  /** Runs what is scheduled, and what that schedules, at most so many tasks. */
  settle(most = 100_000): void {
    for (let ran = 0; this.#tasks.length > 0; ran++) {
      if (ran === most) {
        if (most < 100_000) return
        throw new Error("A process never comes to rest")
      }
      this.#tasks.shift()?.()
    }
  }

  kill(): void {
    this.#alive = false
    this.#tasks = []
  }
}

/** The time that passes for all, in milliseconds, and what waits for it. */
export class Time {
  now = 1000
  #timers: Array<{ readonly at: number; readonly loop: Loop; readonly wake: () => void }> = []

  /** Lets time pass; each process wakes as its timers end. */
  advance(millis: number): void {
    const until = this.now + millis
    while (true) {
      const due = this.#timers.filter(({ at }) => at <= until)
      const [first] = due.toSorted((a, b) => a.at - b.at)
      if (first === undefined) break
      this.now = Math.max(this.now, first.at)
      this.#timers.splice(this.#timers.indexOf(first), 1)
      if (!first.loop.alive) continue
      first.wake()
      first.loop.settle()
    }
    this.now = until
  }

  sleep(loop: Loop, millis: number): Effect.Effect<void> {
    return Effect.callback((resume) => {
      const timer = { at: this.now + Math.max(0, millis), loop, wake: () => resume(Effect.void) }
      this.#timers.push(timer)
      return Effect.sync(() => {
        const index = this.#timers.indexOf(timer)
        if (index >= 0) this.#timers.splice(index, 1)
      })
    })
  }
}

/** A wall clock that may be wrong, and be set while it runs; what it measures time by is not. */
export class WallClock implements Clock.Clock {
  readonly #time: Time
  readonly #loop: Loop
  /** How far it is ahead, milliseconds. */
  ahead = 0

  constructor(time: Time, loop: Loop) {
    this.#time = time
    this.#loop = loop
  }

  currentTimeMillisUnsafe(): number {
    return Math.floor(this.#time.now) + this.ahead
  }
  readonly currentTimeMillis = Effect.sync(() => this.currentTimeMillisUnsafe())
  currentTimeNanosUnsafe(): bigint {
    return BigInt(this.currentTimeMillisUnsafe()) * 1_000_000n
  }
  readonly currentTimeNanos = Effect.sync(() => this.currentTimeNanosUnsafe())
  monotonicTimeNanosUnsafe(): bigint {
    return BigInt(Math.floor(this.#time.now)) * 1_000_000n
  }
  readonly monotonicTimeNanos = Effect.sync(() => this.monotonicTimeNanosUnsafe())
  sleep(duration: Duration.Duration): Effect.Effect<void> {
    return this.#time.sleep(this.#loop, Duration.toMillis(duration))
  }
}

/** Random numbers that are the same for the same seed (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
