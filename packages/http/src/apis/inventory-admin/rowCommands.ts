import type { Actor, CommandInput, ItemId, LocationId } from "@stockbook/core"
import { doneBy } from "../doneBy.ts"
import type { AdjustmentType, BulkRow } from "./InventoryForms.ts"

type Single = Exclude<CommandInput, { readonly _tag: "Linked" | "Bulk" }>
type Commands = readonly [Single, ...Array<Single>]

/** Adds so many units, or takes them away. */
export const adjustment = (
  actor: Actor,
  item: ItemId,
  { quantity, movement_type, notes }: { quantity: number; movement_type: AdjustmentType; notes?: string | null }
): Single => {
  const context = { ...doneBy(actor), reason: movement_type, ...(notes == null ? {} : { note: notes }) }
  return movement_type === "ADJUSTMENT"
    ? { _tag: "Adjust", ...context, lines: [{ item, delta: quantity }] }
    : {
        _tag: "Receive",
        ...context,
        from: movement_type === "RESTOCK" ? "supplier" : "customer",
        lines: [{ item, quantity }]
      }
}

/** A location that a row names: `null` stands for the default one. */
export interface Placed {
  readonly location: LocationId | null
}

/** What a row asks for; `null` for nothing. Where stock lands is changed before it lands. */
export const rowCommands = (
  actor: Actor,
  item: ItemId,
  row: Omit<BulkRow, "product_id">,
  placed: Placed | null
): Commands | null => {
  const by = doneBy(actor)
  const commands: Array<Single> = []
  const policy = {
    ...(row.low_stock_threshold == null ? {} : { lowStockThreshold: row.low_stock_threshold }),
    ...(row.reorder_point == null ? {} : { reorderPoint: row.reorder_point }),
    ...(row.max_stock_level == null ? {} : { maximum: row.max_stock_level })
  }
  if (Object.keys(policy).length > 0) commands.push({ _tag: "SetPolicy", ...by, item, ...policy })
  if (placed !== null) commands.push({ _tag: "SetHome", ...by, item, location: placed.location })
  if (row.quantity_available != null) {
    const note = row.notes ?? "Inventory update"
    commands.push({ _tag: "Set", ...by, note, reason: "ADJUSTMENT", item, quantity: row.quantity_available })
  }
  if (row.quantity != null && row.movement_type != null) {
    const { quantity, movement_type, notes = null } = row
    commands.push(adjustment(actor, item, { quantity, movement_type, notes }))
  }
  const [first, ...rest] = commands
  return first === undefined ? null : [first, ...rest]
}

/** Several commands as one, all or nothing. */
export const together = ({ organization }: Actor, [first, ...rest]: Commands): CommandInput =>
  rest.length === 0 ? first : { _tag: "Linked", organization, commands: [first, ...rest] }
