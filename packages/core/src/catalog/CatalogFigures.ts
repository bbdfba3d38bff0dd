import type { Amount } from "../costs/Amount.ts"

/** What an organization has, in figures: of items and categories that are not deleted. */
export interface CatalogFigures {
  readonly items: number
  readonly categories: number
  /** Units of all items. */
  readonly onHand: number
  /** What the units on hand would sell for, by the items' prices: exact. Those without a price count for nothing. */
  readonly value: Amount
}
