import type { ItemId } from "../catalog/Item.ts"
import type { StockDocument } from "../documents/Document.ts"
import type { Hold } from "../stock/Hold.ts"
import type { ItemDetails } from "../stock/ItemDetails.ts"
import type { Movement, MovementContext } from "../stock/Movement.ts"
import type { Shortfall } from "../stock/Outcome.ts"
import type { Serial } from "../stock/Serial.ts"
import type { StockEvent } from "../stock/StockEvent.ts"
import type { StockState } from "./State.ts"

/** What an accepted command became. `evolve` turns it into the next state; the store writes it down. */
export interface Decision {
  readonly movements: Array<Movement>
  /** Holds as they now are. */
  readonly holds: Array<Hold>
  /** Documents as they now are. */
  readonly documents: Array<StockDocument>
  /** Serials as they now are. */
  readonly serials: Array<Serial>
  /** Items whose details change, with all of what they now are; `null` while, as usual, none do. */
  details: Map<ItemId, ItemDetails | null> | null
  readonly policies: Array<{
    readonly item: ItemId
    readonly lowStockThreshold: number | null
    readonly negativeLimit: number
  }>
  /** Items whose stock record begins without a movement. */
  readonly opened: Array<ItemId>
  readonly events: Array<{ readonly id: number; readonly event: StockEvent }>
  readonly shortfalls: Array<Shortfall>
  /** Holds and documents that a command would have made, had it not been carried out before. */
  readonly existing: Array<Hold | StockDocument>
  /** The first id after those used. */
  nextId: number
}

export const emptyDecision = (state: StockState): Decision => ({
  movements: [],
  holds: [],
  documents: [],
  serials: [],
  details: null,
  policies: [],
  opened: [],
  events: [],
  shortfalls: [],
  existing: [],
  nextId: state.nextId
})

/** Has a decision change all of an item's details. */
export const setDetails = (decision: Decision, item: ItemId, details: ItemDetails | null): void => {
  decision.details ??= new Map()
  decision.details.set(item, details)
}

/** The words of a command that its movements keep. */
export const contextOf = (command: {
  readonly reason?: string | null
  readonly reference?: string | null
  readonly note?: string | null
  readonly actor?: number | null
}): MovementContext => ({
  reason: command.reason ?? null,
  reference: command.reference ?? null,
  note: command.note ?? null,
  actor: command.actor ?? null
})
