import { Schema } from "effect"
import { BatchId } from "../../catalog/Batch.ts"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { VariationId } from "../../catalog/Variation.ts"
import { DocumentId } from "../../documents/Document.ts"
import { Level } from "../Quantity.ts"
import { context, lines, Reference, reference } from "./parts.ts"

/** A count by its id, or by the caller's reference. */
export const CountTarget = Schema.Union([Schema.Struct({ id: DocumentId }), Schema.Struct({ reference: Reference })])
export type CountTarget = typeof CountTarget.Type

const lot = {
  item: ItemId,
  variation: Schema.optionalKey(VariationId),
  batch: Schema.optionalKey(BatchId)
}

/**
 * Begins a count and freezes what is expected: all that is on hand at a location and within it, of all items or of
 * those named, or of the items named wherever they are. At most 1,000 leaves (`CountTooLarge`). `reference` is the
 * count's own name; the same request again is the same count. The expected quantities of a `blind` count are not shown
 * before it is posted.
 */
const StartCount = Schema.TaggedStruct("StartCount", {
  ...context,
  ...reference,
  location: Schema.optionalKey(LocationId),
  items: Schema.optionalKey(lines(Schema.Struct(lot))),
  blind: Schema.optionalKey(Schema.Boolean)
}).check(
  Schema.makeFilter((count) =>
    count.location === undefined && count.items === undefined
      ? { path: ["items"], issue: "Expected items, a location, or both" }
      : undefined
  )
)

/**
 * Says what was counted at leaves: without `location` at the count's, else at the default one. A leaf counted again
 * has the last quantity; one that was not expected is added.
 */
const RecordCount = Schema.TaggedStruct("RecordCount", {
  ...context,
  ...reference,
  count: CountTarget,
  lines: lines(Schema.Struct({ ...lot, location: Schema.optionalKey(LocationId), counted: Level }))
})

/**
 * Posts the differences of what was counted, and ends the count. Lines that were not counted change nothing. Refused
 * while a line is stale (`StaleCountLine`), unless stale lines are accepted as they were counted.
 */
const PostCount = Schema.TaggedStruct("PostCount", {
  ...context,
  ...reference,
  count: CountTarget,
  acceptStale: Schema.optionalKey(Schema.Boolean)
})

/** Ends a count without posting anything. */
const CancelCount = Schema.TaggedStruct("CancelCount", { ...context, ...reference, count: CountTarget })

/** The commands of counts. */
export const countCommands = [StartCount, RecordCount, PostCount, CancelCount] as const
