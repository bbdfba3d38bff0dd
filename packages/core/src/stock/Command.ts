import { Schema } from "effect"
import { ItemId } from "../catalog/Item.ts"
import { LocationId } from "../catalog/Location.ts"
import { OrganizationId } from "../catalog/Organization.ts"
import { CostMethod } from "../costs/Costing.ts"
import { noticeFields } from "../notifications/Notice.ts"
import { Quarantine, Restore, Return, Reverse, WriteOff, WriteOffAll } from "./commands/adjusting.ts"
import { CancelBackorder, PrioritizeBackorder, Priority } from "./commands/backorders.ts"
import { countCommands } from "./commands/counts.ts"
import { SetHome } from "./commands/home.ts"
import { orderCommands } from "./commands/orders.ts"
import { context, HoldTarget, Line, lines, maxLines, reference, serials, unitCost } from "./commands/parts.ts"
import { SetPolicy, SnoozeAlert } from "./commands/policies.ts"
import { Reallocate } from "./commands/reallocation.ts"
import { supplyCommands } from "./commands/supplies.ts"
import { transferCommands } from "./commands/transfers.ts"
import { HoldId } from "./Hold.ts"
import { Delta, Level, Quantity } from "./Quantity.ts"
import { selectorFields } from "./StockKey.ts"

export type { HoldTarget, Line } from "./commands/parts.ts"

/** Milliseconds from the store's now: 1 to 10 years. */
const ExpiresIn = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 315_360_000_000 }))

const settle = {
  ...context,
  hold: HoldTarget,
  /** Which part of it; all that is left when absent. */
  lines: Schema.optionalKey(lines(Line))
}

/** Stock comes in, available: from a supplier, back from a customer, or from an adjustment (an opening balance). */
const Receive = Schema.TaggedStruct("Receive", {
  ...context,
  ...reference,
  from: Schema.optionalKey(Schema.Literals(["supplier", "customer", "adjustment"])),
  lines: lines(Schema.Struct({ ...Line.fields, ...unitCost }))
})

/**
 * Available stock goes out without a hold: to a customer, lost, or by an adjustment. A unit cost said of it is kept on
 * the movement, for what it cost is reckoned from what came in.
 */
const Issue = Schema.TaggedStruct("Issue", {
  ...context,
  ...reference,
  to: Schema.optionalKey(Schema.Literals(["customer", "loss", "adjustment"])),
  lines: lines(Schema.Struct({ ...Line.fields, ...unitCost }))
})

/** Corrects available stock by a signed number of units. */
const Adjust = Schema.TaggedStruct("Adjust", {
  ...context,
  ...reference,
  lines: lines(Schema.Struct({ ...selectorFields, delta: Delta, ...unitCost, ...serials }))
})

/**
 * Makes available stock at a level exactly `quantity`. With `expected`, only if it is that now (compare-and-set);
 * otherwise `ExpectationFailed`.
 */
const Set = Schema.TaggedStruct("Set", {
  ...context,
  ...reference,
  ...selectorFields,
  quantity: Level,
  expected: Schema.optionalKey(Level)
})

/**
 * Holds available stock: all lines or none (`all`, the default), or as much as there is (`bestEffort`). With
 * `backorder`, what is not there waits for stock in the item's queue, as far as its policy lets it: a backorder for each
 * line, filled by whatever comes in, by `priority` (higher first, 0 when left out) and then by age.
 */
const Reserve = Schema.TaggedStruct("Reserve", {
  ...context,
  ...reference,
  lines: lines(Line),
  mode: Schema.optionalKey(Schema.Literals(["all", "bestEffort"])),
  backorder: Schema.optionalKey(Schema.Boolean),
  priority: Schema.optionalKey(Priority),
  expiresIn: Schema.optionalKey(ExpiresIn)
})

/** Moves the expiry of what is softly held to `expiresIn` milliseconds from now, or to never (`null`). */
const Extend = Schema.TaggedStruct("Extend", {
  ...context,
  hold: HoldTarget,
  expiresIn: Schema.NullOr(ExpiresIn)
})

/** Gives held stock back, softly held units first. */
const Release = Schema.TaggedStruct("Release", settle)

/** Gives back up to `quantity` units of anonymous holds, the oldest first. Releasing none is a success. */
const ReleaseAnonymous = Schema.TaggedStruct("ReleaseAnonymous", {
  ...context,
  ...selectorFields,
  quantity: Quantity
})

/** Makes softly held stock firm: it no longer expires. */
const Commit = Schema.TaggedStruct("Commit", settle)

/** Held stock leaves to the customer, firmly held units first. */
const Fulfil = Schema.TaggedStruct("Fulfil", settle)

/** Gives back what is still softly held by holds whose time is over; others among them are left alone. */
const Expire = Schema.TaggedStruct("Expire", {
  ...context,
  holds: Schema.NonEmptyArray(HoldId).check(Schema.isMaxLength(maxLines))
})

/** Quarantines what is available of the items' batches that are expired or quarantined; other stock is left alone. */
const ExpireBatches = Schema.TaggedStruct("ExpireBatches", {
  ...context,
  items: Schema.NonEmptyArray(ItemId).check(Schema.isMaxLength(maxLines))
})

/** Opens an item's stock record before its first stock; `AlreadyOpen` if it has one. */
const Open = Schema.TaggedStruct("Open", { ...context, item: ItemId })

/**
 * Keeps an item's costs by a method, with another at the locations named, or no longer (`null`). An item with stock
 * needs the unit cost of what is there when its costs begin to be kept; `UnitCostRequired` otherwise.
 */
const SetCosting = Schema.TaggedStruct("SetCosting", {
  ...context,
  item: ItemId,
  method: Schema.NullOr(CostMethod),
  locations: Schema.optionalKey(
    Schema.Array(Schema.Struct({ location: LocationId, method: CostMethod })).check(Schema.isMaxLength(maxLines))
  ),
  ...unitCost
})

/**
 * From now on the item's units are known one by one, by serial numbers, or not any more. Only while it has no stock;
 * `TrackingInUse` otherwise.
 */
const TrackSerials = Schema.TaggedStruct("TrackSerials", { ...context, item: ItemId, tracked: Schema.Boolean })

/**
 * Raises a notice: an event of the outbox, which becomes an e-mail once it is stored. It moves no stock. In a `Linked`
 * list it is raised together with what the other commands do, or not at all.
 */
const Notify = Schema.TaggedStruct("Notify", { organization: OrganizationId, ...noticeFields })

const single = [
  Receive,
  Issue,
  Adjust,
  Set,
  Reserve,
  Extend,
  Release,
  ReleaseAnonymous,
  Commit,
  Fulfil,
  Expire,
  ExpireBatches,
  Reallocate,
  CancelBackorder,
  PrioritizeBackorder,
  SetPolicy,
  SnoozeAlert,
  SetHome,
  Open,
  SetCosting,
  TrackSerials,
  Quarantine,
  Restore,
  WriteOff,
  WriteOffAll,
  Return,
  Reverse,
  Notify,
  ...transferCommands,
  ...orderCommands,
  ...countCommands,
  ...supplyCommands
] as const

/** Several commands of one organization, all or nothing, the later ones seeing the earlier ones. */
const Linked = Schema.TaggedStruct("Linked", {
  organization: OrganizationId,
  commands: Schema.NonEmptyArray(Schema.Union(single)).check(Schema.isMaxLength(100))
}).check(
  Schema.makeFilter((linked) => {
    const stranger = linked.commands.findIndex((command) => command.organization !== linked.organization)
    return stranger === -1
      ? undefined
      : { path: ["commands", stranger, "organization"], issue: "Expected the organization of the list" }
  })
)

/**
 * Many rows, each of a few commands, all or nothing, the later ones seeing the earlier ones: a `Linked` list that is long,
 * and refused with all its rows that are (`BulkRejected`), so that they can be put right together.
 */
const Bulk = Schema.TaggedStruct("Bulk", {
  organization: OrganizationId,
  rows: Schema.NonEmptyArray(Schema.NonEmptyArray(Schema.Union(single)).check(Schema.isMaxLength(10))).check(
    Schema.isMaxLength(10_000)
  )
}).check(
  Schema.makeFilter((bulk) => {
    for (const [row, commands] of bulk.rows.entries()) {
      const stranger = commands.findIndex((command) => command.organization !== bulk.organization)
      if (stranger !== -1) {
        return { path: ["rows", row, stranger, "organization"], issue: "Expected the organization of the rows" }
      }
    }
    return undefined
  })
)

/** One request to change stock. */
export const Command = Schema.Union([...single, Linked, Bulk])
export type Command = typeof Command.Type
export type SingleCommand = Exclude<Command, { readonly _tag: "Linked" | "Bulk" }>
export type CommandOf<Tag extends Command["_tag"]> = Extract<Command, { readonly _tag: Tag }>
