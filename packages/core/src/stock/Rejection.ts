import { Schema } from "effect"
import type {
  AlreadyReversed,
  InsufficientQuarantine,
  NotASale,
  NotReversible,
  ReturnExceedsSold,
  StockHeld,
  UnknownMovement,
  UnknownReason
} from "./rejections/adjusting.ts"
import type { BackorderRejection } from "./rejections/backorders.ts"
import type { BulkRejected } from "./rejections/bulk.ts"
import type { CountRejection } from "./rejections/counts.ts"
import type { EffectiveInFuture } from "./rejections/history.ts"
import type { LotRejection } from "./rejections/lot.ts"
import type { OrderRejection } from "./rejections/orders.ts"
import type { PolicyRejection } from "./rejections/policies.ts"
import type { SerialRejection } from "./rejections/serials.ts"
import type { SupplyRejection } from "./rejections/supplies.ts"
import type { TransferRejection } from "./rejections/transfers.ts"

const Nullable = Schema.NullOr(Schema.Number)

/** The input is malformed: each issue names the path to the field and says what was expected. */
export class InvalidInput extends Schema.TaggedError<InvalidInput>()("InvalidInput", {
  issues: Schema.Array(
    Schema.Struct({ path: Schema.Array(Schema.Union([Schema.String, Schema.Number])), message: Schema.String })
  )
}) {
  override get message() {
    return this.issues
      .map(({ path, message }) => [...(path.length === 0 ? [] : [path.join(".")]), message].join(": "))
      .join("; ")
  }
}

/** No such organization in this store. */
export class UnknownOrganization extends Schema.TaggedError<UnknownOrganization>()("UnknownOrganization", {
  organization: Schema.Number
}) {
  override get message() {
    return `Organization ${this.organization} not found`
  }
}

/** The organization has no such item. */
export class UnknownItem extends Schema.TaggedError<UnknownItem>()("UnknownItem", { item: Schema.Number }) {
  override get message() {
    return `Item ${this.item} not found`
  }
}

/** The item is deleted: what is held of it may be settled, nothing new may be moved. */
export class InactiveItem extends Schema.TaggedError<InactiveItem>()("InactiveItem", { item: Schema.Number }) {
  override get message() {
    return `Item ${this.item} is not active`
  }
}

/** The organization has no such location. */
export class UnknownLocation extends Schema.TaggedError<UnknownLocation>()("UnknownLocation", {
  location: Schema.Number
}) {
  override get message() {
    return `Location ${this.location} not found`
  }
}

/** The location is closed. */
export class InactiveLocation extends Schema.TaggedError<InactiveLocation>()("InactiveLocation", {
  location: Schema.Number
}) {
  override get message() {
    return `Location ${this.location} is not active`
  }
}

/** The organization has no such hold. */
export class UnknownHold extends Schema.TaggedError<UnknownHold>()("UnknownHold", {
  hold: Nullable,
  reference: Schema.NullOr(Schema.String)
}) {
  override get message() {
    return `Hold ${this.hold ?? `"${this.reference}"`} not found`
  }
}

/** Nothing of the hold is left to act on: it was fulfilled, released, or its time is over. */
export class HoldClosed extends Schema.TaggedError<HoldClosed>()("HoldClosed", {
  hold: Schema.Number,
  reference: Schema.NullOr(Schema.String),
  status: Schema.Literals(["fulfilled", "released", "expired", "committed"])
}) {
  override get message() {
    return `Hold ${this.hold} is ${this.status}`
  }
}

/** The hold keeps less than asked for at that level. Units. */
export class InsufficientHold extends Schema.TaggedError<InsufficientHold>()("InsufficientHold", {
  hold: Schema.Number,
  item: Schema.Number,
  held: Schema.Number,
  requested: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Insufficient held stock. Held: ${this.held}, Requested: ${this.requested}`
  }
}

/** The new expiry is not after the present one. Epoch milliseconds; `null` is never. */
export class NotAnExtension extends Schema.TaggedError<NotAnExtension>()("NotAnExtension", {
  hold: Schema.Number,
  expiresAt: Nullable,
  requested: Nullable
}) {
  override get message() {
    return `Hold ${this.hold} already lasts as long or longer`
  }
}

/**
 * Less is available than asked for. `level` and the ids say where: the first line that could not be met, with what
 * earlier lines of the same command left for it. Units.
 */
export class InsufficientStock extends Schema.TaggedError<InsufficientStock>()("InsufficientStock", {
  level: Schema.Literals(["item", "variation", "batch", "location"]),
  item: Schema.Number,
  variation: Nullable,
  batch: Nullable,
  location: Nullable,
  available: Schema.Number,
  requested: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Insufficient stock. Available: ${this.available}, Requested: ${this.requested}`
  }
}

/** Available stock is not what the caller expected it to be (compare-and-set). Units. */
export class ExpectationFailed extends Schema.TaggedError<ExpectationFailed>()("ExpectationFailed", {
  item: Schema.Number,
  expected: Schema.Number,
  actual: Schema.Number
}) {
  override get message() {
    return `Expected ${this.expected} available, found ${this.actual}`
  }
}

/** A level would leave the range of exact integers. */
export class QuantityOverflow extends Schema.TaggedError<QuantityOverflow>()("QuantityOverflow", {
  item: Schema.Number,
  limit: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} cannot hold more than ${this.limit} units`
  }
}

/** It was changed after the caller had read it (compare-and-set on a version); nothing was written. */
export class ChangedMeanwhile extends Schema.TaggedError<ChangedMeanwhile>()("ChangedMeanwhile", {}) {
  override get message() {
    return "It was changed meanwhile"
  }
}

/** The item has stock, so its costs can only be kept from now on when it is said what a unit of it cost. */
export class UnitCostRequired extends Schema.TaggedError<UnitCostRequired>()("UnitCostRequired", {
  item: Schema.Number,
  onHand: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} has ${this.onHand} units on hand: say what one of them cost`
  }
}

/** The item has stock at cost: its costs can only stop being kept when there is none. */
export class CostsInUse extends Schema.TaggedError<CostsInUse>()("CostsInUse", {
  item: Schema.Number,
  onHand: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} has ${this.onHand} units on hand, whose cost would be lost`
  }
}

/** The item already has a stock record. */
export class AlreadyOpen extends Schema.TaggedError<AlreadyOpen>()("AlreadyOpen", { item: Schema.Number }) {
  override get message() {
    return `Item ${this.item} already has a stock record`
  }
}

/** The idempotency key was used with another command. */
export class IdempotencyConflict extends Schema.TaggedError<IdempotencyConflict>()("IdempotencyConflict", {
  key: Schema.String
}) {
  override get message() {
    return `Idempotency key "${this.key}" was used with another request`
  }
}

/** The reference names a hold that another reservation made, or a document that another request made. */
export class ReferenceConflict extends Schema.TaggedError<ReferenceConflict>()("ReferenceConflict", {
  reference: Schema.String,
  hold: Nullable,
  document: Schema.optionalKey(Schema.Number)
}) {
  override get message() {
    return `Reference "${this.reference}" already names another ${this.hold === null ? "request" : "reservation"}`
  }
}

/** Why a command was refused. A refused command changed nothing. */
export type Rejection =
  | BulkRejected
  | InvalidInput
  | UnknownOrganization
  | UnknownItem
  | InactiveItem
  | LotRejection
  | BackorderRejection
  | PolicyRejection
  | UnknownLocation
  | InactiveLocation
  | UnknownHold
  | HoldClosed
  | InsufficientHold
  | NotAnExtension
  | InsufficientStock
  | ExpectationFailed
  | QuantityOverflow
  | AlreadyOpen
  | ChangedMeanwhile
  | SerialRejection
  | UnitCostRequired
  | CostsInUse
  | IdempotencyConflict
  | ReferenceConflict
  | TransferRejection
  | OrderRejection
  | CountRejection
  | SupplyRejection
  | EffectiveInFuture
  | UnknownReason
  | UnknownMovement
  | StockHeld
  | InsufficientQuarantine
  | ReturnExceedsSold
  | NotASale
  | AlreadyReversed
  | NotReversible
