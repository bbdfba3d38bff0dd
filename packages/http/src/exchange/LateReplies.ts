import { type Replies, type Reply, StoreError } from "@stockbook/core"
import { Effect, Latch, type Scope } from "effect"

/** Replies to what was done while the store could not keep them: known to this process, and kept when it can again. */
export interface LateReplies {
  readonly find: (organization: number, key: string) => Reply | null
  /** Has a reply kept as soon as that is possible; of more than 10,000 the oldest are forgotten. */
  readonly add: (reply: Reply) => void
}

const capacity = 10_000
const pause = "1 second"

export const makeLateReplies = (keep: Replies["Service"]["keep"]): Effect.Effect<LateReplies, never, Scope.Scope> =>
  Effect.gen(function* () {
    const late = new Map<string, Reply>()
    const some = yield* Latch.make()
    const nameOf = (organization: number, key: string) => `${organization}/${key}`

    /** In the order they were given; one that the store will never take is let go. */
    const keepAll = Effect.gen(function* () {
      yield* some.await
      for (const [name, reply] of Array.from(late)) {
        yield* Effect.catchIf(keep(reply), isHopeless, () => Effect.void)
        late.delete(name)
      }
      if (late.size === 0) some.closeUnsafe()
    })
    yield* Effect.forkScoped(Effect.forever(Effect.catch(keepAll, () => Effect.sleep(pause))))
    return {
      find: (organization, key) => late.get(nameOf(organization, key)) ?? null,
      add: (reply) => {
        late.set(nameOf(reply.organization, reply.key), reply)
        if (late.size > capacity) {
          for (const oldest of late.keys()) {
            late.delete(oldest)
            break
          }
        }
        some.openUnsafe()
      }
    }
  })

const isHopeless = (error: { readonly _tag: string }): boolean =>
  error instanceof StoreError && error.reason === "corrupt"
