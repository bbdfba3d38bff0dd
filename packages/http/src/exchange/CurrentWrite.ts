import type { UpdateOptions } from "@stockbook/core"
import { Context, Effect } from "effect"

/** What came with a write beside its body. */
export interface Write {
  /** Names this request for the engine and the catalogue; `null` where the client gave no `Idempotency-Key`. */
  readonly key: string | null
  /** Passes if `If-Match` still holds; `null` where there is none. */
  readonly unchanged: Effect.Effect<void> | null
}

/** The write that is being handled. */
export const CurrentWrite = Context.Reference<Write>("@stockbook/http/exchange/CurrentWrite", {
  defaultValue: () => ({ key: null, unchanged: null })
})

interface Once {
  readonly idempotencyKey?: string
}

/**
 * The options by which a command or a change of the catalogue happens once, however often its request comes. A handler
 * that makes several numbers them: 0, 1, 2 …; the same one must have the same number every time.
 */
export const once = (step = 0): Effect.Effect<Once> =>
  Effect.mapEager(CurrentWrite, ({ key }) =>
    key === null ? {} : { idempotencyKey: step === 0 ? key : `${key}:${step}` }
  )

/**
 * The options of a change to something in the catalogue that the handler has just read: it happens once, and, for a
 * client that sent `If-Match`, only if nobody changes the thing before.
 */
export const onceUnchanged = (
  read: { readonly updatedAt: number },
  step = 0
): Effect.Effect<Once & Pick<UpdateOptions, "ifUpdatedAt">> => guarded(step, { ifUpdatedAt: read.updatedAt })

/** Likewise for a command on an item that the handler has just read: nothing within the item may change before. */
export const onceUnchangedItem = <Id>(
  read: { readonly id: Id; readonly version: number },
  step = 0
): Effect.Effect<Once & { readonly unchanged?: { readonly item: Id; readonly version: number } }> =>
  guarded(step, { unchanged: { item: read.id, version: read.version } })

/** Asked after the thing was read: a change before that is seen here, one after it by the store. */
const guarded = <Guard extends object>(step: number, guard: Guard): Effect.Effect<Once | (Once & Guard)> =>
  Effect.flatMapEager(CurrentWrite, ({ unchanged }) =>
    unchanged === null
      ? once(step)
      : Effect.flatMap(unchanged, () => Effect.map(once(step), (options) => ({ ...options, ...guard })))
  )
