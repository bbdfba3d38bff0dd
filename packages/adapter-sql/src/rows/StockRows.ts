import type {
  Balance,
  BalanceRow,
  BatchId,
  ItemDetails,
  ItemId,
  LocationId,
  OrganizationId,
  StockRow,
  VariationId
} from "@stockbook/core"

/** A row of `item_stock`, with the item's activity beside it. The checked boundary: only this program writes `details`. */
export interface ItemStockRow {
  readonly active: boolean | number
  readonly version: number
  readonly opened_at: number | null
  readonly low_stock_threshold: number | null
  readonly alert: boolean | number
  readonly clock: number
  readonly available: number
  readonly reserved: number
  readonly committed: number
  readonly quarantined: number
  readonly negative_limit: number
  readonly details: string | null
}

export const toStock = (organization: OrganizationId, item: ItemId, row: ItemStockRow): StockRow => ({
  organization,
  item,
  active: Boolean(row.active),
  version: row.version,
  openedAt: row.opened_at,
  lowStockThreshold: row.low_stock_threshold,
  alert: Boolean(row.alert),
  clock: row.clock,
  available: row.available,
  reserved: row.reserved,
  committed: row.committed,
  quarantined: row.quarantined,
  negativeLimit: row.negative_limit,
  details: row.details === null ? null : (JSON.parse(row.details) as ItemDetails)
})

/** A row of `balances`; 0 stands for no variation or batch. */
export interface LeafRow {
  readonly location: LocationId
  readonly variation: VariationId | 0
  readonly batch: BatchId | 0
  readonly available: number
  readonly reserved: number
  readonly committed: number
  readonly quarantined: number
  readonly negative_limit: number
}

/** What lies at a leaf of an item. */
export const toLeaf = (item: ItemId, row: Omit<LeafRow, "negative_limit">): Balance => ({
  item,
  variation: row.variation === 0 ? null : row.variation,
  batch: row.batch === 0 ? null : row.batch,
  location: row.location,
  available: row.available,
  reserved: row.reserved,
  committed: row.committed,
  quarantined: row.quarantined
})

export const toBalance = (organization: OrganizationId, item: ItemId, row: LeafRow): BalanceRow => ({
  organization,
  ...toLeaf(item, row),
  negativeLimit: row.negative_limit
})
