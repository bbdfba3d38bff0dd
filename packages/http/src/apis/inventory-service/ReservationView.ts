import type { ItemId, Levels, Outcome } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

const LineView = Schema.Struct({
  product_id: Schema.Int,
  quantity: Schema.Int,
  available_quantity: Schema.Int,
  reserved_quantity: Schema.Int
})
type LineView = typeof LineView.Type

const lineFields = {
  product_id: Schema.optionalKey(Schema.Int),
  quantity: Schema.optionalKey(Schema.Int),
  available_quantity: Schema.optionalKey(Schema.Int),
  reserved_quantity: Schema.optionalKey(Schema.Int),
  items: Schema.optionalKey(Schema.Array(LineView))
}

const done = Schema.Literal(true)

/** What was reserved: at the top for one product, under `items` for several. */
export const ReservedView = Schema.Struct({
  reserved: done,
  ...lineFields,
  reservation_id: Schema.NullOr(Schema.Int),
  expires_at: Schema.NullOr(Timestamp)
})

export const ReleasedView = Schema.Struct({ released: done, ...lineFields })
export const CommittedView = Schema.Struct({ committed: done, ...lineFields })
export const FulfilledView = Schema.Struct({ fulfilled: done, ...lineFields })

/** A product's units that something was done to, beside what the product has left. */
export interface Affected {
  readonly item: ItemId
  readonly quantity: number
}

/** What was reserved, and the hold that keeps it. */
export const reservedView = (outcome: Outcome, lines: ReadonlyArray<Affected>, single: boolean) => {
  const [hold] = outcome.holds
  const expiresAt = hold?.expiresAt ?? null
  return {
    reserved: true as const,
    ...affectedView(lines, outcome.items, single),
    reservation_id: hold?.id ?? null,
    expires_at: expiresAt === null ? null : isoTime(expiresAt)
  }
}

/** The units each product had moved by a command, products in the order of their first movement. */
export const movedUnits = (outcome: Outcome): ReadonlyArray<Affected> => {
  const units = new Map<ItemId, number>()
  for (const { item, quantity } of outcome.movements) units.set(item, (units.get(item) ?? 0) + quantity)
  return Array.from(units, ([item, quantity]) => ({ item, quantity }))
}

/** The lines of an answer: at the top when there is one, under `items` unless one product was asked for. */
export const affectedView = (
  lines: ReadonlyArray<Affected>,
  levels: ReadonlyArray<Levels & { readonly item: ItemId }>,
  single: boolean
): Partial<LineView> & { readonly items?: ReadonlyArray<LineView> } => {
  const items = lines.map(({ item, quantity }): LineView => {
    const { available = 0, reserved = 0 } = levels.find((each) => each.item === item) ?? {}
    return { product_id: item, quantity, available_quantity: available, reserved_quantity: reserved }
  })
  const [only] = items
  return { ...(items.length === 1 ? only : undefined), ...(single ? undefined : { items }) }
}
