import type { BatchId, ItemId, LocationId, OrganizationId, Serial, StockState, VariationId } from "@stockbook/core"

/** A row of `serials`; without a state it is out. */
export interface SerialRow {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly serial: string
  readonly state: StockState | null
  /** 0 for none. */
  readonly variation: VariationId | 0
  /** 0 for none. */
  readonly batch: BatchId | 0
  readonly location: LocationId | null
  readonly hold: number | null
  readonly updated_at: number
}

export const toSerial = (row: SerialRow): Serial => ({
  organization: row.organization,
  item: row.item,
  serial: row.serial,
  place:
    row.state === null || row.location === null
      ? null
      : { state: row.state, variation: row.variation || null, batch: row.batch || null, location: row.location },
  hold: row.hold,
  updatedAt: row.updated_at
})
