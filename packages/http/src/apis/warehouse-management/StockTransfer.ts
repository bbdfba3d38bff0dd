import type { Transfer, TransferStatus } from "@stockbook/core"
import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { ProductView } from "./Product.ts"
import type { Related } from "./related.ts"
import { UserView } from "./UserView.ts"
import { WarehouseView } from "./Warehouse.ts"

/** How far a transfer is: `in_transit` are those that other APIs have let leave before they arrive. */
export const TransferState = Schema.Literals(["pending", "in_transit", "completed", "cancelled"])
type TransferState = typeof TransferState.Type

const states: Readonly<Record<TransferStatus, TransferState>> = {
  pending: "pending",
  inTransit: "in_transit",
  completed: "completed",
  cancelled: "cancelled"
}

/** What the engine calls a transfer that is so far. */
export const statusNamed = (state: TransferState): TransferStatus => (state === "in_transit" ? "inTransit" : state)

/** `POST /stock-transfers/`. */
export const TransferForm = Schema.Struct({
  product_id: Schema.Int,
  from_warehouse_id: Schema.Int,
  to_warehouse_id: Schema.Int,
  quantity: Schema.Int.check(Schema.isGreaterThan(0)),
  transfer_reference: optional(textOf(0, 200)),
  notes: optional(textOf(0, 2000))
}).annotate({
  examples: [
    {
      product_id: 1,
      from_warehouse_id: 1,
      to_warehouse_id: 2,
      quantity: 10,
      transfer_reference: "TRANS-001",
      notes: "Moving to secondary warehouse"
    }
  ]
})

/** A transfer with what it is of. */
export const TransferView = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  from_warehouse_id: Schema.Int,
  to_warehouse_id: Schema.Int,
  quantity: Schema.Int,
  transfer_reference: Schema.NullOr(Schema.String),
  notes: Schema.NullOr(Schema.String),
  status: TransferState,
  created_at: Timestamp,
  completed_at: Schema.NullOr(Timestamp),
  created_by: Schema.NullOr(Schema.Int),
  product: ProductView,
  from_warehouse: WarehouseView,
  to_warehouse: WarehouseView,
  creator: Schema.NullOr(UserView)
})

/** The item of a transfer; of one of several items, which D cannot make, the first. */
export const itemOf = (transfer: Transfer) => {
  const [item] = transfer.items
  if (item === undefined) throw new Error(`Transfer ${transfer.id} is of no item`)
  return item
}

export const transferView = (transfer: Transfer, { product, warehouse, user }: Related): typeof TransferView.Type => ({
  id: transfer.id,
  product_id: itemOf(transfer),
  from_warehouse_id: transfer.from,
  to_warehouse_id: transfer.to,
  quantity: transfer.lines.reduce((units, { quantity }) => units + quantity, 0),
  transfer_reference: transfer.label ?? transfer.reference,
  notes: transfer.note,
  status: states[transfer.status],
  created_at: isoTime(transfer.createdAt),
  completed_at: transfer.completedAt === null ? null : isoTime(transfer.completedAt),
  created_by: transfer.actor,
  product: product(itemOf(transfer)),
  from_warehouse: warehouse(transfer.from),
  to_warehouse: warehouse(transfer.to),
  creator: user(transfer.actor)
})
