import { Context, Deferred, Effect, Layer } from "effect"

/** Tells waiting readers of this process that something was committed; a hint to look, never a delivery. */
export class CommitSignal extends Context.Service<
  CommitSignal,
  {
    readonly committed: Effect.Effect<void>
    /** Ends at the next commit. */
    readonly next: Effect.Effect<void>
  }
>()("@stockbook/core/engine/CommitSignal") {
  static readonly layer = Layer.sync(CommitSignal, () => {
    let waiting: Deferred.Deferred<void> | null = null
    return CommitSignal.of({
      committed: Effect.sync(() => {
        if (waiting === null) return
        Deferred.doneUnsafe(waiting, Effect.void)
        waiting = null
      }),
      next: Effect.suspend(() => {
        waiting ??= Deferred.makeUnsafe<void>()
        return Deferred.await(waiting)
      })
    })
  })
}
