import type { Change as StoredChange } from "../ledger/LedgerDriver.ts"
import type { StockEvent } from "../stock/StockEvent.ts"
import type { Movement } from "./models.ts"
import type { CallOptions } from "./options.ts"
import type { Plain } from "./Plain.ts"

interface ChangeFields {
  /** Unique in the store; rises in the order of the ledger within an item. */
  readonly id: number
  readonly organization: number
  /** Epoch milliseconds. */
  readonly at: number
}

type DataOf<Event> = Event extends { readonly _tag: infer Type }
  ? { readonly type: Type; readonly data: Plain<Omit<Event, "_tag">> }
  : never

/** Something that happened; `type` says what, and what `data` is: a movement, or what the event tells. */
export type Change = ChangeFields & ({ readonly type: "Movement"; readonly data: Movement } | DataOf<StockEvent>)

/** A change, and how to go on after it. */
export type FollowedChange = Change & {
  /** Goes on here, as `after`: nothing that follows is left out, and some of what went before may come again. */
  readonly cursor: string
}

/** Where to start. */
export interface ChangesOptions extends CallOptions {
  /** The `cursor` of a change seen before; from the beginning when left out. */
  readonly after?: string | undefined
}

/** How a subscriber is served. */
export interface SubscribeOptions extends CallOptions {
  /** Events without movements. */
  readonly only?: "events" | undefined
  /** Lets a subscriber of a new name start with what comes after this, not with all there ever was. */
  readonly startNow?: boolean | undefined
}

/** A stored change as those see it who do not use effect. */
export const toChange = (change: StoredChange): Change => {
  if (change._tag === "Movement") {
    const { id, organization, at } = change.movement
    return { type: "Movement", id, organization, at, data: change.movement }
  }
  const { id, organization, at, event } = change.event
  const { _tag: type, ...data } = event
  // The pair is one of the event's own; taking it apart loses that they belong together.
  return { type, id, organization, at, data } as Change
}
