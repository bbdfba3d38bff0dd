import { Schema } from "effect"
import type { ItemId } from "./Item.ts"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"
import { UnitCost } from "./UnitCost.ts"
import { VariationId } from "./Variation.ts"

/** A lot of an item or variation: a positive integer. Stock without a batch has none. */
export const BatchId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("BatchId"))
export type BatchId = typeof BatchId.Type

/** A lot. Its name is unique among those of its item and variation that are not deleted. Times are epoch milliseconds. */
export interface Batch {
  readonly id: BatchId
  readonly organization: OrganizationId
  readonly item: ItemId
  /** The variation it is a lot of; `null` when of the item itself. */
  readonly variation: VariationId | null
  readonly name: string
  readonly supplierLot: string | null
  readonly cost: UnitCost | null
  readonly note: string | null
  /** From this instant on it is expired; `null` for never. */
  readonly expiresAt: number | null
  /** A date that does not keep it from being sold, known by whoever took it in; `null` where there is none. */
  readonly bestBefore: number | null
  readonly manufacturedAt: number | null
  /** Recalled or under inspection: nothing is taken from it. */
  readonly quarantined: boolean
  /** Not deleted. */
  readonly active: boolean
  readonly deletedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly createdBy: number | null
}

const Name = textOf(1, 255)
const Text = Schema.NullOr(textOf(0, 10_000))
const Instant = Schema.NullOr(Schema.Int)

const fields = {
  supplierLot: Schema.optionalKey(Schema.NullOr(textOf(1, 255))),
  cost: Schema.optionalKey(Schema.NullOr(UnitCost)),
  note: Schema.optionalKey(Text),
  expiresAt: Schema.optionalKey(Instant),
  bestBefore: Schema.optionalKey(Instant),
  manufacturedAt: Schema.optionalKey(Instant),
  quarantined: Schema.optionalKey(Schema.Boolean)
}

/** What it takes to make a batch of an item. */
export const NewBatch = Schema.Struct({
  name: Name,
  variation: Schema.optionalKey(Schema.NullOr(VariationId)),
  ...fields,
  createdBy: Schema.optionalKey(Schema.NullOr(Schema.Int))
})
export type NewBatch = typeof NewBatch.Type

/** The fields of a batch that can change; those left out stay. */
export const BatchPatch = Schema.Struct({ name: Schema.optionalKey(Name), ...fields })
export type BatchPatch = typeof BatchPatch.Type

/** The one date that a lot has printed on it, whichever it is: epoch milliseconds, `null` for none. */
export const printedDate = ({ expiresAt, bestBefore }: Pick<Batch, "expiresAt" | "bestBefore">): number | null =>
  expiresAt ?? bestBefore

/**
 * What a printed date means for a lot taken in at an instant, where nobody says which of the two it is: one that was past
 * already did not keep the lot from being taken in, and does not keep it from being sold. Epoch milliseconds.
 */
export const datedOnArrival = (
  date: number | null,
  now: number
): { readonly expiresAt: number | null; readonly bestBefore: number | null } =>
  date !== null && date <= now ? { expiresAt: null, bestBefore: date } : { expiresAt: date, bestBefore: null }
