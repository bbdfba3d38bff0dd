import type { Batch, Item, Order, Partner } from "@stockbook/core"
import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { PeriodParam } from "../../fields/Period.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { Id } from "./Id.ts"
import { MoneyNumber, moneyNumber } from "./MoneyNumber.ts"
import { OrderedQuantity, OrderStatus } from "./OrderFields.ts"
import { ProductName, productName } from "./Product.ts"
import { SupplierSummary, supplierSummary } from "./Supplier.ts"
import { UnitCostField } from "./UnitCostField.ts"

/** `POST /incoming/`. The date is now when left out. */
export const IncomingOrderForm = Schema.Struct({
  supplier_id: Id,
  product_id: Id,
  batch_number: textOf(1, 255),
  quantity: OrderedQuantity,
  unit_cost: UnitCostField,
  supply_date: optional(PeriodParam),
  expiry_date: optional(PeriodParam)
}).annotate({
  examples: [
    {
      supplier_id: 1,
      product_id: 1,
      batch_number: "BATCH001",
      quantity: 50,
      unit_cost: 800,
      supply_date: "2023-10-27T10:20:00Z",
      expiry_date: "2025-12-31T00:00:00Z"
    }
  ]
})

/** An order as lists show it. */
export const IncomingOrderRow = Schema.Struct({
  id: Schema.Int,
  supplier_id: Schema.Int,
  product_id: Schema.Int,
  quantity: Schema.Int,
  total_cost: MoneyNumber,
  status: OrderStatus
})

export const IncomingOrderView = Schema.Struct({
  ...IncomingOrderRow.fields,
  batch_number: Schema.NullOr(Schema.String),
  unit_cost: MoneyNumber,
  supply_date: Timestamp,
  supplier: Schema.NullOr(SupplierSummary),
  product: Schema.NullOr(ProductName)
})

export const incomingOrderRow = (order: Order): typeof IncomingOrderRow.Type => ({
  id: order.id,
  supplier_id: order.partner,
  product_id: order.item,
  quantity: order.quantity,
  total_cost: moneyNumber(order.total),
  status: order.status
})

export const incomingOrderView = (
  order: Order,
  {
    batch,
    item,
    partner
  }: { readonly batch: Batch | null; readonly item: Item | null; readonly partner: Partner | null }
): typeof IncomingOrderView.Type => ({
  ...incomingOrderRow(order),
  batch_number: batch?.name ?? null,
  unit_cost: moneyNumber(order.unitAmount),
  supply_date: isoTime(order.date),
  supplier: partner === null ? null : supplierSummary(partner),
  product: item === null ? null : productName(item)
})
