import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { VariationId } from "../catalog/Variation.ts"
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

/** Likewise the levels of a variation (`batch` is `null`) or of a batch. */
export interface PartLevels extends ItemLevels {
  readonly variation: VariationId | null
  readonly batch: BatchId | null
}

/** What an accepted command did, and how it left what it touched. Acknowledged only once it is stored. */
export interface Outcome {
  readonly movements: ReadonlyArray<Movement>
  readonly holds: ReadonlyArray<Hold>
  /** Documents the command made or moved on. */
  readonly documents: ReadonlyArray<StockDocument>
  readonly items: ReadonlyArray<ItemLevels>
  /** The variations and batches that the lines of a `Receive`, `Issue` or `Adjust` named; left out when they named none. */
  readonly parts?: ReadonlyArray<PartLevels>
  readonly shortfalls: ReadonlyArray<Shortfall>
  /** The answer to an earlier, equal command: nothing was done this time. */
  readonly replayed: boolean
}
