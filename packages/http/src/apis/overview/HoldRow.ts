import type { Hold, ItemId } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** A hold that expires, and what it still holds softly. Units. */
export const HoldRow = Schema.Struct({
  id: Schema.Int.annotate({ description: "The hold's own number." }),
  order: Schema.NullOr(Schema.String).annotate({
    description: "The name its maker gave it; null for an anonymous one."
  }),
  expires_at: Timestamp,
  created_at: Timestamp,
  lines: Schema.Array(
    Schema.Struct({
      product_id: Schema.Int,
      product_name: Schema.String,
      quantity: Schema.Int,
      warehouse_id: Schema.Int
    })
  )
})

export const holdRow = (hold: Hold, names: ReadonlyMap<ItemId, string>): typeof HoldRow.Type => ({
  id: hold.id,
  order: hold.reference,
  expires_at: isoTime(hold.expiresAt ?? 0),
  created_at: isoTime(hold.createdAt),
  lines: hold.lines
    .filter(({ reserved }) => reserved > 0)
    .map(({ item, reserved, location }) => ({
      product_id: item,
      product_name: names.get(item) ?? "",
      quantity: reserved,
      warehouse_id: location
    }))
})
