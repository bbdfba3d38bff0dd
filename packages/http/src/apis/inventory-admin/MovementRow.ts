import { type LocationId, type Movement, type Passage, passageOf, type StockState } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

const MovementType = Schema.Literals([
  "RESTOCK",
  "RETURN",
  "ADJUSTMENT",
  "SALE",
  "DAMAGED",
  "RESERVATION",
  "RELEASE",
  "TRANSFER_IN",
  "TRANSFER_OUT"
])
type MovementType = typeof MovementType.Type

/** One movement of a product; the quantities before and after are of available stock. */
export const MovementRow = Schema.Struct({
  id: Schema.Int,
  movement_type: MovementType,
  quantity: Schema.Int,
  previous_quantity: Schema.Int,
  new_quantity: Schema.Int,
  reference_type: Schema.NullOr(Schema.String),
  reference_id: Schema.NullOr(Schema.String),
  notes: Schema.NullOr(Schema.String),
  created_by: Schema.NullOr(Schema.Int),
  created_at: Timestamp
})

const ofPassage: Readonly<Record<Passage, MovementType>> = {
  supplied: "RESTOCK",
  returned: "RETURN",
  sold: "SALE",
  lost: "DAMAGED",
  corrected: "ADJUSTMENT",
  departed: "TRANSFER_OUT",
  arrived: "TRANSFER_IN"
}

const stateOf = (end: Movement["from"]): StockState | null => (typeof end === "string" ? null : end.state)

const typeOf = (movement: Movement, transit: LocationId): MovementType => {
  const passage = passageOf(movement, transit)
  if (passage !== null) return ofPassage[passage]
  const from = stateOf(movement.from)
  const to = stateOf(movement.to)
  if (to === "reserved" || to === "committed") return "RESERVATION"
  if (from === "reserved" || from === "committed") return "RELEASE"
  return to === "quarantined" ? "DAMAGED" : "ADJUSTMENT"
}

/** Units by which a movement changed what is available. */
const changeOf = ({ from, to, quantity }: Movement): number =>
  (stateOf(to) === "available" ? quantity : 0) - (stateOf(from) === "available" ? quantity : 0)

/** What left while it was held was no longer available: it is still shown as so many units out. */
const outOfHold: ReadonlySet<MovementType> = new Set(["SALE", "DAMAGED", "TRANSFER_OUT"])

/** What a movement belongs to: the order, transfer or other document that the caller named or the ledger knows. */
const referenceOf = ({ hold, reference, details, cause }: Movement) => {
  if (details?.document !== undefined) {
    const type = cause.endsWith("Transfer") ? "transfer" : cause.endsWith("Order") ? "order" : "document"
    return { reference_type: type, reference_id: String(details.document) }
  }
  if (hold !== null) {
    return reference === null
      ? { reference_type: "reservation", reference_id: String(hold) }
      : { reference_type: "order", reference_id: reference }
  }
  return { reference_type: reference === null ? null : "reference", reference_id: reference }
}

/** A movement as the admin sees it. */
export const movementRow = (movement: Movement, transit: LocationId): typeof MovementRow.Type => {
  const change = changeOf(movement)
  const type = typeOf(movement, transit)
  return {
    id: movement.id,
    movement_type: type,
    quantity: change !== 0 ? change : outOfHold.has(type) ? -movement.quantity : movement.quantity,
    previous_quantity: movement.availableAfter - change,
    new_quantity: movement.availableAfter,
    ...referenceOf(movement),
    notes: movement.note,
    created_by: movement.actor,
    created_at: isoTime(movement.at)
  }
}

/** What a command did to one product, as one movement: stock may be taken from several places. */
export const movedTogether = (
  movements: readonly [Movement, ...Array<Movement>],
  transit: LocationId
): typeof MovementRow.Type => {
  const [first, ...others] = movements.map((movement) => movementRow(movement, transit))
  if (first === undefined) throw new TypeError("There is at least one movement")
  return {
    ...first,
    quantity: others.reduce((units, { quantity }) => units + quantity, first.quantity),
    new_quantity: others.at(-1)?.new_quantity ?? first.new_quantity
  }
}
