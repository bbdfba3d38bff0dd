import { locationOf, type Movement, type Passage, passageOf } from "@stockbook/core"
import { Schema } from "effect"
import { Amount } from "../../fields/Amount.ts"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { FAILURE, type Failure } from "../../problems/Failure.ts"
import { multiplied } from "./multiplied.ts"
import { ProductView } from "./Product.ts"
import type { Related } from "./related.ts"
import { UserView } from "./UserView.ts"
import { WarehouseView } from "./Warehouse.ts"

/** What sorts of movement D knows. */
export const MovementType = Schema.Literals([
  "purchase",
  "sale",
  "adjustment",
  "damaged",
  "return",
  "transfer_in",
  "transfer_out"
])
type MovementType = typeof MovementType.Type

const typeOf: Readonly<Record<Passage, MovementType>> = {
  supplied: "purchase",
  sold: "sale",
  corrected: "adjustment",
  lost: "damaged",
  returned: "return",
  arrived: "transfer_in",
  departed: "transfer_out"
}

/** What the engine calls movements of a type. */
export const passageNamed = (type: MovementType): Passage => passages[type]

const passages: Readonly<Record<MovementType, Passage>> = {
  purchase: "supplied",
  sale: "sold",
  adjustment: "corrected",
  damaged: "lost",
  return: "returned",
  transfer_in: "arrived",
  transfer_out: "departed"
}

const notZero: Failure = { type: "value_error", msg: "Value error, Quantity cannot be zero" }

const Quantity = Schema.Int.check(
  Schema.makeFilter((quantity: number) => quantity !== 0, { [FAILURE]: notZero, expected: "a quantity other than 0" })
)

interface Signed {
  readonly movement_type: MovementType
  readonly quantity: number
}

const fits = ({ movement_type, quantity }: Signed) => {
  if (movement_type === "transfer_in" || movement_type === "transfer_out") {
    return [{ path: ["movement_type"], issue: "transfers are recorded by /stock-transfers, not by hand" }]
  }
  return quantity < 0 && (movement_type === "purchase" || movement_type === "return")
    ? [{ path: ["quantity"], issue: `the quantity of a ${movement_type} is greater than 0` }]
    : []
}

/** `POST /stock-movements/`. What is sold or damaged goes out, whichever sign it is sent with. */
export const MovementForm = Schema.Struct({
  product_id: Schema.Int,
  warehouse_id: Schema.Int,
  movement_type: MovementType,
  quantity: Quantity,
  unit_cost: optional(Amount),
  reference_number: optional(textOf(0, 200)),
  notes: optional(textOf(0, 2000))
})
  .annotate({
    examples: [
      {
        product_id: 1,
        warehouse_id: 1,
        movement_type: "purchase",
        quantity: 50,
        unit_cost: 100,
        reference_number: "PO-2023-001",
        notes: "Initial stock purchase"
      }
    ]
  })
  .check(Schema.makeFilter(fits))

/** A movement with what it is of; `quantity` is negative of what went out, and `total_cost` is quantity × unit cost. */
export const MovementView = Schema.Struct({
  id: Schema.Int,
  product_id: Schema.Int,
  warehouse_id: Schema.Int,
  movement_type: MovementType,
  quantity: Schema.Int,
  unit_cost: Schema.NullOr(Schema.String),
  total_cost: Schema.NullOr(Schema.String),
  reference_number: Schema.NullOr(Schema.String),
  notes: Schema.NullOr(Schema.String),
  created_at: Timestamp,
  created_by: Schema.NullOr(Schema.Int),
  product: ProductView,
  warehouse: WarehouseView,
  creator: Schema.NullOr(UserView)
})

/** Units on hand at its warehouse that a movement added, or took away. */
const changeOf = (movement: Movement, passage: Passage): number => {
  if (passage === "arrived" || passage === "departed") {
    return passage === "arrived" ? movement.quantity : -movement.quantity
  }
  return typeof movement.from === "string" ? movement.quantity : -movement.quantity
}

/** A movement of the ledger as D shows it; it has changed what is on hand at a location. */
export const movementView = (
  movement: Movement,
  { transit, product, warehouse, user }: Related,
  quantity = changeOf(movement, passageOf(movement, transit) ?? "corrected")
): typeof MovementView.Type => {
  const { details } = movement
  const at = locationOf(movement, transit)
  const unitCost = details?.unitCost ?? null
  return {
    id: movement.id,
    product_id: movement.item,
    warehouse_id: at,
    movement_type: typeOf[passageOf(movement, transit) ?? "corrected"],
    quantity,
    unit_cost: unitCost,
    total_cost: unitCost === null ? null : multiplied(unitCost, quantity),
    reference_number: movement.reference ?? (details?.document === undefined ? null : transferName(details.document)),
    notes: movement.note,
    created_at: isoTime(movement.at),
    created_by: movement.actor,
    product: product(movement.item),
    warehouse: warehouse(at),
    creator: user(movement.actor)
  }
}

/** What the movements of a transfer are known by. */
export const transferName = (id: number): string => `TRANSFER-${id}`
