import { Schema } from "effect"
import { LocationId } from "../../catalog/Location.ts"
import { MovementId } from "../Movement.ts"
import { Quantity } from "../Quantity.ts"
import { ReasonCode } from "../Reason.ts"
import { selectorFields } from "../StockKey.ts"
import { context, Line, lines, reference, serials } from "./parts.ts"

const given = { ...context, ...reference }
/** Built in, or one of the organization's own; `UnknownReason` otherwise. */
const why = { reason: ReasonCode }
const perhapsWhy = { reason: Schema.optionalKey(Schema.NullOr(ReasonCode)) }

/** Takes available stock out of sale: damaged, recalled or under inspection. It stays on hand. */
export const Quarantine = Schema.TaggedStruct("Quarantine", { ...given, ...why, lines: lines(Line) })

/** Puts quarantined stock back on sale. */
export const Restore = Schema.TaggedStruct("Restore", { ...given, ...perhapsWhy, lines: lines(Line) })

/** Takes available or quarantined stock off the books as lost: damaged, stolen, expired. */
export const WriteOff = Schema.TaggedStruct("WriteOff", {
  ...given,
  ...why,
  from: Schema.Literals(["available", "quarantined"]),
  lines: lines(Line)
})

/** Writes off all that is available or quarantined at a level; `StockHeld` when something there is held. */
export const WriteOffAll = Schema.TaggedStruct("WriteOffAll", { ...given, ...why, ...selectorFields })

/** What comes back from a customer: of the movement it went out by, or of nothing that is known here. */
const ReturnLine = Schema.Union([
  Schema.Struct({
    /** The movement that the units went out by. They come back as the same variation and batch. */
    movement: MovementId,
    /** All that has not come back yet when left out. */
    quantity: Schema.optionalKey(Quantity),
    /** Where they come back to; where they went out from when left out. */
    location: Schema.optionalKey(LocationId),
    ...serials
  }),
  Line
])

/**
 * Stock comes back from a customer: on sale again (`restock`), to be looked at first (`quarantine`), or off the books
 * (`scrap`). Of a movement no more comes back than went out, over all returns (`ReturnExceedsSold`).
 */
export const Return = Schema.TaggedStruct("Return", {
  ...given,
  ...perhapsWhy,
  disposition: Schema.Literals(["restock", "quarantine", "scrap"]),
  lines: lines(ReturnLine)
})

/** Takes one movement back by another, if what it moved is still there; a movement is taken back once. */
export const Reverse = Schema.TaggedStruct("Reverse", { ...given, ...perhapsWhy, movement: MovementId })
