import type { Account, Movement } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** Where units stood, or came to stand. */
const End = Schema.Struct({
  account: Schema.String.annotate({
    description:
      "A state (available, reserved, committed, quarantined), or outside: supplier, customer, adjustment, loss."
  }),
  warehouse_id: Schema.NullOr(Schema.Int)
})

/** A movement of the ledger, and what it left of the product over all locations. Units. */
export const LedgerRow = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  quantity: Schema.Int,
  from: End,
  to: End,
  available_after: Schema.Int,
  on_hand_after: Schema.Int,
  cause: Schema.String,
  reference: Schema.NullOr(Schema.String),
  at: Timestamp
})

export const ledgerRow = (movement: Movement): typeof LedgerRow.Type => ({
  id: movement.id,
  product_id: movement.item,
  quantity: movement.quantity,
  from: endOf(movement.from),
  to: endOf(movement.to),
  available_after: movement.availableAfter,
  on_hand_after: movement.onHandAfter,
  cause: movement.cause,
  reference: movement.reference,
  at: isoTime(movement.at)
})

const endOf = (account: Account): typeof End.Type =>
  typeof account === "string"
    ? { account, warehouse_id: null }
    : { account: account.state, warehouse_id: account.location }
