import type { Store } from "@stockbook/core"
import { Effect } from "effect"

/** Whether the store answers, within five seconds. */
export const answering = (store: Store["Service"]): Effect.Effect<boolean> =>
  store.ready.pipe(Effect.timeout("5 seconds"), Effect.matchCause({ onFailure: () => false, onSuccess: () => true }))
