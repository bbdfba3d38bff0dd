import type { Change } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { LedgerRow, ledgerRow } from "./LedgerRow.ts"

const alert = { id: Schema.Int, product_id: Schema.Int, available: Schema.Int, at: Timestamp }

/** What happened in an organization. */
const EventRow = Schema.Union([
  Schema.Struct({ type: Schema.Literal("movement"), movement: LedgerRow }),
  Schema.Struct({ type: Schema.Literal("low_stock"), ...alert, threshold: Schema.Int }),
  Schema.Struct({ type: Schema.Literal("low_stock_cleared"), ...alert }),
  Schema.Struct({ type: Schema.Literal("catalogue"), id: Schema.Int, change: Schema.String, at: Timestamp })
])

/** What happened since a cursor, and the cursor that follows it. */
export const EventPage = Schema.Struct({ events: Schema.Array(EventRow), cursor: Schema.String })

/** What is told of a change; of notices, which are somebody's mail, and of documents nothing. */
export const eventRow = (change: Change): typeof EventRow.Type | null => {
  if (change._tag === "Movement") return { type: "movement", movement: ledgerRow(change.movement) }
  const { id, at, event } = change.event
  switch (event._tag) {
    case "LowStockRaised":
      return { type: "low_stock", ...alertOf(id, at, event), threshold: event.threshold }
    case "LowStockCleared":
      return { type: "low_stock_cleared", ...alertOf(id, at, event) }
    case "ItemCreated":
    case "ItemUpdated":
    case "ItemDeleted":
    case "ItemRestored":
    case "LocationCreated":
    case "LocationUpdated":
    case "LocationDeleted":
    case "LocationRestored":
      return { type: "catalogue", id, change: event._tag, at: isoTime(at) }
    default:
      return null
  }
}

const alertOf = (id: number, at: number, event: { readonly item: number; readonly available: number }) => ({
  id,
  product_id: event.item,
  available: event.available,
  at: isoTime(at)
})
