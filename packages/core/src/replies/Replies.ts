import { Array as Arr, Context, Effect, Layer } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import { makeBatchQueue } from "../engine/BatchQueue.ts"
import type { EngineClosed, Overloaded } from "../engine/EngineError.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Reply } from "./Reply.ts"

/** How many replies are written at a time, and how many may wait for it. */
const options = { batchSize: 256, capacity: 10_000 }

/**
 * Keeps what requests were answered with, so that a request that comes again is answered alike; many are written at a
 * time. For doors to the engine such as HTTP: commands and the catalogue keep their own outcomes by their keys, which
 * is what makes a change happen once. A reply keeps the wording of its answer.
 */
export class Replies extends Context.Service<
  Replies,
  {
    readonly find: (organization: OrganizationId, key: string) => Effect.Effect<Reply | null, StoreError>
    /** Keeps a reply unless there is one under its key; answers after it is durable. */
    readonly keep: (reply: Reply) => Effect.Effect<void, StoreError | Overloaded | EngineClosed>
  }
>()("@stockbook/core/replies/Replies") {
  static readonly layer: Layer.Layer<Replies, never, Store> = Layer.effect(
    Replies,
    Effect.gen(function* () {
      const { replies } = yield* Store
      const queue = yield* makeBatchQueue<Reply, void, StoreError>(options, (batch) =>
        Arr.isReadonlyArrayNonEmpty(batch)
          ? Effect.map(Effect.exit(replies.keep(batch)), (exit) => Arr.map(batch, () => exit))
          : Effect.succeed([])
      )
      return Replies.of({ find: replies.find, keep: queue.submit })
    })
  )
}
