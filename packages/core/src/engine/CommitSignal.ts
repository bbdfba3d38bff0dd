import { Context, Deferred, Effect, Layer, Schedule, Stream } from "effect"
import { Store } from "../store/Store.ts"

/** Tells waiting readers that something was committed; a hint to look, never a delivery. */
export class CommitSignal extends Context.Service<
  CommitSignal,
  {
    readonly committed: Effect.Effect<void>
    /** Ends at the next commit. */
    readonly next: Effect.Effect<void>
  }
>()("@stockbook/core/engine/CommitSignal") {
  /** Signals this process's commits, and those of others that the store tells of. */
  static readonly layer: Layer.Layer<CommitSignal, never, Store> = Layer.effect(
    CommitSignal,
    Effect.gen(function* () {
      const { commits } = yield* Store
      let waiting: Deferred.Deferred<void> | null = null
      const committed = Effect.sync(() => {
        if (waiting === null) return
        Deferred.doneUnsafe(waiting, Effect.void)
        waiting = null
      })
      if (commits !== undefined) {
        yield* Stream.runForEach(commits, () => committed).pipe(
          Effect.retry(Schedule.spaced("1 second")),
          Effect.ignore,
          Effect.forkScoped
        )
      }
      return CommitSignal.of({
        committed,
        next: Effect.suspend(() => {
          waiting ??= Deferred.makeUnsafe<void>()
          return Deferred.await(waiting)
        })
      })
    })
  )
}
