import { Schema } from "effect"
import { OrganizationId } from "../../catalog/Organization.ts"
import { textOf } from "../../catalog/Text.ts"
import { UnitCost } from "../../catalog/UnitCost.ts"
import { HoldId } from "../Hold.ts"
import { Quantity } from "../Quantity.ts"
import { selectorFields } from "../StockKey.ts"

/** At most this many lines in one command. */
export const maxLines = 1000

export const lines = <S extends Schema.Top>(line: S) => Schema.NonEmptyArray(line).check(Schema.isMaxLength(maxLines))

/** The serial numbers of the units, of an item whose units have them: as many as there are units, each once. */
export const serials = {
  serials: Schema.optionalKey(
    Schema.Array(textOf(1, 100)).check(Schema.isMinLength(1), Schema.isMaxLength(maxLines), Schema.isUnique())
  )
}

export const Line = Schema.Struct({ ...selectorFields, quantity: Quantity, ...serials })
/** So many units at a level of an item. */
export type Line = typeof Line.Type

/** What one unit costs; kept on the movement, and reckoned with when the item's costs are kept. */
export const unitCost = { unitCost: Schema.optionalKey(UnitCost) }

/** What every command that changes stock says. */
export const context = {
  /** The tenant. */
  organization: OrganizationId,
  reason: Schema.optionalKey(Schema.NullOr(textOf(0, 100))),
  note: Schema.optionalKey(Schema.NullOr(textOf(0, 2000))),
  actor: Schema.optionalKey(Schema.NullOr(Schema.Int)),
  /**
   * The business date, epoch milliseconds, of what is recorded late: kept on the movements, which stand in the ledger
   * when they were recorded. At most five minutes after the store's time (`EffectiveInFuture`).
   */
  effectiveAt: Schema.optionalKey(Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))))
}
export const Reference = textOf(1, 200)
export const reference = { reference: Schema.optionalKey(Schema.NullOr(Reference)) }

/** A hold by its id, or by the caller's reference. */
export const HoldTarget = Schema.Union([Schema.Struct({ id: HoldId }), Schema.Struct({ reference: Reference })])
export type HoldTarget = typeof HoldTarget.Type
