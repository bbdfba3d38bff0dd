import { Effect, Semaphore } from "effect"

/**
 * Who may be on the way to the store at the same time: any number of batches on the fast road, which check each other,
 * or one on the locked road, which waits for those on the fast road and lets nobody pass.
 *
 * This saves useless work and is not what keeps batches apart: the store does.
 */
export class Roads {
  readonly #locked = Semaphore.makeUnsafe(1)
  readonly #keys = new Set<string>()
  #onFast = 0
  #onLocked = 0
  #waiting: Array<() => void> = []

  /** Whether one of these idempotency keys is on the fast road already, so that its outcome is not known yet. */
  carriesAny(keys: Iterable<string>): boolean {
    for (const key of keys) if (this.#keys.has(key)) return true
    return false
  }

  /** Runs a batch with these keys on the fast road. */
  fast<A, E, R>(keys: Iterable<string>, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    const mine = Array.from(keys)
    return Effect.acquireUseRelease(
      Effect.sync(() => {
        this.#onFast += 1
        for (const key of mine) this.#keys.add(key)
      }),
      () => effect,
      () =>
        Effect.sync(() => {
          this.#onFast -= 1
          for (const key of mine) this.#keys.delete(key)
          this.#wake()
        })
    )
  }

  /** Runs a batch on the locked road, after those that are on the fast road and those that came here before. */
  locked<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.acquireUseRelease(
      Effect.sync(() => {
        this.#onLocked += 1
      }),
      () =>
        this.#locked.withPermits(1)(
          Effect.andThen(
            this.#until(() => this.#onFast === 0),
            effect
          )
        ),
      () =>
        Effect.sync(() => {
          this.#onLocked -= 1
          this.#wake()
        })
    )
  }

  /** Ends as soon as nobody is on the locked road or waits for it. */
  readonly open: Effect.Effect<void> = Effect.suspend(() => this.#until(() => this.#onLocked === 0))

  #until(free: () => boolean): Effect.Effect<void> {
    return Effect.suspend(() =>
      free()
        ? Effect.void
        : Effect.andThen(
            Effect.callback<void>((resume) => {
              this.#waiting.push(() => resume(Effect.void))
            }),
            this.#until(free)
          )
    )
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
