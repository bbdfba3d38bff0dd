import type { Catalogue } from "./Catalogue.ts"
import type { ChangesOptions, FollowedChange } from "./Changes.ts"
import type { Commands, LinkedCommands } from "./Commands.ts"
import type { CatalogFigures, Organization } from "./models.ts"
import type { CallOptions } from "./options.ts"
import type { Planning } from "./Planning.ts"
import type { CostQueries, HistoryQueries, StockQueries } from "./Queries.ts"

/**
 * The inventory of one organization: commands, queries and the catalogue. Ids and quantities are plain numbers, a
 * quantity is in the item's smallest unit, instants are epoch milliseconds, and amounts exact decimals in strings.
 * A call that is refused rejects with a `StockbookError`.
 */
export interface Inventory<Transaction = never> extends Commands, LinkedCommands, StockQueries, Catalogue {
  /** The organization's id. */
  readonly id: number
  /** The organization, with its default location; `null` when there is none of this id. */
  readonly organization: (options?: CallOptions) => Promise<Organization | null>
  /** How many of everything it has. */
  readonly figures: (options?: CallOptions) => Promise<CatalogFigures>
  /**
   * The commands, within a transaction of the host's own: on Postgres a connection that has begun one, on SQLite the
   * handle of a database file that has. They commit and roll back with the rows the host writes there. A refused command
   * changed nothing, and the transaction can go on; without a transaction they reject with `NoTransaction`.
   *
   * The items they touch are locked until the transaction ends: end it soon. Give several items in one command, or in
   * one `linked` list, whose locks are taken in order; otherwise two transactions may deadlock (`StoreError`).
   */
  readonly within: (transaction: Transaction) => Commands & LinkedCommands
  readonly costs: CostQueries
  readonly history: HistoryQueries
  readonly planning: Planning
  /** What happens in the organization, in order: what was, and then what comes. Ends when the stockbook is closed. */
  readonly changes: (options?: ChangesOptions) => AsyncIterableIterator<FollowedChange>
}
