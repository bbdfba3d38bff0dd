import type { Movement } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** One row of a product's history; quantities are of available stock. */
export const HistoryRow = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  quantity_change: Schema.Int,
  previous_quantity: Schema.Int,
  new_quantity: Schema.Int,
  change_type: Schema.String,
  reason: Schema.NullOr(Schema.String),
  reference_id: Schema.NullOr(Schema.String),
  created_by: Schema.NullOr(Schema.Int),
  created_at: Timestamp
})

/** What each kind of command is called here; a kind of its own keeps its name. */
const changeTypes: Readonly<Record<string, string>> = {
  Receive: "receipt",
  Issue: "issue",
  Adjust: "adjustment",
  Set: "adjustment",
  Reserve: "reservation",
  Release: "release",
  ReleaseAnonymous: "release",
  Expire: "expiry",
  Commit: "commitment",
  Fulfil: "fulfilment"
}

const availableUnits = (end: Movement["from"], quantity: number): number =>
  typeof end !== "string" && end.state === "available" ? quantity : 0

/** A movement as the history shows it. */
export const historyRow = (movement: Movement): typeof HistoryRow.Type => {
  const { quantity, availableAfter } = movement
  const change = availableUnits(movement.to, quantity) - availableUnits(movement.from, quantity)
  return {
    id: movement.id,
    product_id: movement.item,
    quantity_change: change,
    previous_quantity: availableAfter - change,
    new_quantity: availableAfter,
    change_type: changeTypes[movement.cause] ?? movement.cause.toLowerCase(),
    reason: movement.note ?? movement.reason,
    reference_id: movement.reference,
    created_by: movement.actor,
    created_at: isoTime(movement.at)
  }
}
