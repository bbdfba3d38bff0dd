import { Schema } from "effect"
import { PartnerId } from "../../catalog/Partner.ts"
import { textOf } from "../../catalog/Text.ts"
import { DocumentId } from "../../documents/Document.ts"
import { Level, Quantity } from "../Quantity.ts"
import { selectorFields } from "../StockKey.ts"
import { context, lines, Reference, reference, serials, unitCost } from "./parts.ts"

/** An expected supply by its id, or by the caller's reference. */
export const SupplyTarget = Schema.Union([Schema.Struct({ id: DocumentId }), Schema.Struct({ reference: Reference })])
export type SupplyTarget = typeof SupplyTarget.Type

/** How much more than expected a line may bring: whole percent of what it expects, rounded down, or units. */
const Tolerance = Schema.Union([
  Schema.Struct({ percent: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })) }),
  Schema.Struct({ units: Level })
])
export type Tolerance = typeof Tolerance.Type

const Instant = Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))

/**
 * Stock is expected: ordered from a supplier, not here yet, and no part of on hand. `reference` is the supply's own
 * name; the same request again is the same supply. A line goes to the default location when it names none, is expected
 * at `expectedAt`, epoch milliseconds, and costs `unitCost` a unit unless its receipt says otherwise. More than expected
 * is accepted within `tolerance` only.
 */
const ExpectSupply = Schema.TaggedStruct("ExpectSupply", {
  ...context,
  ...reference,
  supplier: Schema.optionalKey(Schema.NullOr(PartnerId)),
  label: Schema.optionalKey(Schema.NullOr(textOf(0, 200))),
  tolerance: Schema.optionalKey(Schema.NullOr(Tolerance)),
  lines: lines(
    Schema.Struct({ ...selectorFields, quantity: Quantity, ...unitCost, expectedAt: Schema.optionalKey(Instant) })
  )
})

const step = { ...context, supply: SupplyTarget }

/**
 * Expected stock comes in: all that is still expected, or the lines named, by their number (0, 1, 2 … within the supply)
 * and item, one of them several times when it came in several batches. What a receipt says of variation, batch, location or cost
 * goes before what the line says.
 */
const ReceiveSupply = Schema.TaggedStruct("ReceiveSupply", {
  ...step,
  ...reference,
  lines: Schema.optionalKey(
    lines(
      Schema.Struct({
        line: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
        ...selectorFields,
        quantity: Quantity,
        ...unitCost,
        ...serials
      })
    )
  )
})

/** No more is expected of the supply; what came stays. */
const CloseSupply = Schema.TaggedStruct("CloseSupply", step)

/** The order is called off: no more is expected of the supply; what came stays. */
const CancelSupply = Schema.TaggedStruct("CancelSupply", step)

export const supplyCommands = [ExpectSupply, ReceiveSupply, CloseSupply, CancelSupply] as const
