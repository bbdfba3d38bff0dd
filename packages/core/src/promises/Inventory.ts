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
export interface Inventory extends Commands, LinkedCommands, StockQueries, Catalogue {
  /** The organization's id. */
  readonly id: number
  /** The organization, with its default location; `null` when there is none of this id. */
  readonly organization: (options?: CallOptions) => Promise<Organization | null>
  /** How many of everything it has. */
  readonly figures: (options?: CallOptions) => Promise<CatalogFigures>
  readonly costs: CostQueries
  readonly history: HistoryQueries
  readonly planning: Planning
  /** What happens in the organization, in order: what was, and then what comes. Ends when the stockbook is closed. */
  readonly changes: (options?: ChangesOptions) => AsyncIterableIterator<FollowedChange>
}
