import type { ItemId } from "../catalog/Item.ts"
import type { StockDocument } from "../documents/Document.ts"
import type { Hold } from "./Hold.ts"
import type { Levels } from "./Levels.ts"
import type { Movement } from "./Movement.ts"

/** What a best-effort line could not get. Units. */
export interface Shortfall {
  /** Index of the command's line. */
  readonly line: number
  readonly item: ItemId
  readonly requested: number
  readonly reserved: number
}

/** An item's levels over all its leaves, as the command left them. */
export interface ItemLevels extends Levels {
  readonly item: ItemId
}

/** What an accepted command did, and how it left what it touched. Acknowledged only once it is stored. */
export interface Outcome {
  readonly movements: ReadonlyArray<Movement>
  readonly holds: ReadonlyArray<Hold>
  /** Documents the command made or moved on. */
  readonly documents: ReadonlyArray<StockDocument>
  readonly items: ReadonlyArray<ItemLevels>
  readonly shortfalls: ReadonlyArray<Shortfall>
  /** The answer to an earlier, equal command: nothing was done this time. */
  readonly replayed: boolean
}
