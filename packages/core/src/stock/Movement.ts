import { Schema } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import type { Amount } from "../costs/Amount.ts"
import type { Account } from "./Account.ts"

/** A movement's id: a positive integer, unique in the store. */
export const MovementId = Schema.Int.check(Schema.isGreaterThan(0))

/**
 * What a caller says of a change of stock, kept on each of its movements: `reason` is a short code (`purchase`,
 * `RESTOCK`), `reference` a document of the caller (order, purchase order), `note` free text, `actor` the user's id.
 */
export interface MovementContext {
  readonly reason: string | null
  readonly reference: string | null
  readonly note: string | null
  readonly actor: number | null
}

/** What only some movements say, for those that say it. */
export interface MovementDetails {
  /** The document it belongs to: a transfer, an expected supply, a count. */
  readonly document?: number
  /** What a unit costs, as the caller said. */
  readonly unitCost?: UnitCost
  /** What the units cost in all, of an item whose costs are kept. */
  readonly cost?: Amount
  /** What units that had gone out before they were there cost more (or less) than reckoned then. */
  readonly variance?: Amount
  /** The serial numbers of the units that moved. */
  readonly serials?: ReadonlyArray<string>
  /** The business date of what was recorded late, epoch milliseconds. */
  readonly effectiveAt?: number
  /** The movement whose units these are, come back. */
  readonly returns?: number
  /** The movement that this one takes back. */
  readonly corrects?: number
}

/** One immutable row of the ledger: `quantity` units (1 or more) of one item went from an account to another. */
export interface Movement extends MovementContext {
  /** Unique in the store; rises in the order of the ledger. */
  readonly id: number
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly from: Account
  readonly to: Account
  readonly quantity: number
  /** The item's available units over all leaves, right after this movement. */
  readonly availableAfter: number
  /** The item's units on hand over all leaves, right after this movement. */
  readonly onHandAfter: number
  /** The kind of command that caused it. */
  readonly cause: string
  /** The hold it belongs to, when it made or settled one. */
  readonly hold: number | null
  readonly details: MovementDetails | null
  /** Epoch milliseconds of the store's clock; never goes back within an item. */
  readonly at: number
}
