import type { Levels } from "../stock/Levels.ts"
import type { ByLocation } from "./lists.ts"

/**
 * What an organization has in stock, of items that are not deleted: as their lists have it, what due holds still hold
 * softly counted as available, and what is available of expired or quarantined batches as quarantined. Units.
 */
export interface StockFigures {
  readonly levels: Levels
  /** Items with stock at or below their threshold. */
  readonly low: number
  /** Items of which nothing is available. */
  readonly out: number
  /** At each location that ever had some, by location. */
  readonly byLocation: ByLocation
}
