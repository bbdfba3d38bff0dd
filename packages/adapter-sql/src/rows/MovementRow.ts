import type {
  Account,
  BatchId,
  ItemId,
  LocationId,
  Movement,
  MovementDetails,
  OrganizationId,
  OutsideAccount,
  StockState,
  VariationId
} from "@stockbook/core"

/**
 * A row of `movements`; an outside account has no leaf, and 0 stands for no variation or batch. The checked boundary: only this
 * program writes `details`.
 */
export interface MovementRow {
  readonly organization: OrganizationId
  readonly id: number
  readonly item: ItemId
  readonly from_account: OutsideAccount | StockState
  readonly from_location: LocationId | null
  readonly from_variation: VariationId | 0 | null
  readonly from_batch: BatchId | 0 | null
  readonly to_account: OutsideAccount | StockState
  readonly to_location: LocationId | null
  readonly to_variation: VariationId | 0 | null
  readonly to_batch: BatchId | 0 | null
  readonly quantity: number
  readonly available_after: number
  readonly on_hand_after: number
  readonly cause: string
  readonly hold: number | null
  readonly reason: string | null
  readonly reference: string | null
  readonly note: string | null
  readonly actor: number | null
  readonly at: number
  readonly details: string | null
}

export const toMovement = (row: MovementRow): Movement => ({
  id: row.id,
  organization: row.organization,
  item: row.item,
  from: toAccount(row.from_account, row.from_location, row.from_variation, row.from_batch),
  to: toAccount(row.to_account, row.to_location, row.to_variation, row.to_batch),
  quantity: row.quantity,
  availableAfter: row.available_after,
  onHandAfter: row.on_hand_after,
  cause: row.cause,
  hold: row.hold,
  at: row.at,
  reason: row.reason,
  reference: row.reference,
  note: row.note,
  actor: row.actor,
  details: row.details === null ? null : (JSON.parse(row.details) as MovementDetails)
})

const toAccount = (
  account: OutsideAccount | StockState,
  location: LocationId | null,
  variation: VariationId | 0 | null,
  batch: BatchId | 0 | null
): Account => {
  switch (account) {
    case "supplier":
    case "customer":
    case "adjustment":
    case "loss":
      return account
    default:
      if (location === null) throw new TypeError(`An account in state ${account} has no location`)
      return { state: account, variation: variation || null, batch: batch || null, location }
  }
}
