import { Schema } from "effect"

const Nullable = Schema.NullOr(Schema.Number)

/** The reason is neither built in nor one of the organization's own. */
export class UnknownReason extends Schema.TaggedError<UnknownReason>()("UnknownReason", { reason: Schema.String }) {
  override get message() {
    return `Reason "${this.reason}" not found`
  }
}

/** The organization has no such movement. */
export class UnknownMovement extends Schema.TaggedError<UnknownMovement>()("UnknownMovement", {
  movement: Schema.Number
}) {
  override get message() {
    return `Movement ${this.movement} not found`
  }
}

/**
 * Stock at that level is held, so it cannot be taken off the books. Units, and the ids of the holds that keep them, the
 * newest first and at most fifty; what is held for a document, as for a transfer, is held by no hold.
 */
export class StockHeld extends Schema.TaggedError<StockHeld>()("StockHeld", {
  item: Schema.Number,
  variation: Nullable,
  batch: Nullable,
  location: Nullable,
  reserved: Schema.Number,
  committed: Schema.Number,
  holds: Schema.Array(Schema.Number)
}) {
  override get message() {
    return `Item ${this.item} has ${this.reserved + this.committed} units on hold`
  }
}

/** More would come back than went out. Units: what went out, what came back of it before, what is asked for. */
export class ReturnExceedsSold extends Schema.TaggedError<ReturnExceedsSold>()("ReturnExceedsSold", {
  movement: Schema.Number,
  sold: Schema.Number,
  returned: Schema.Number,
  requested: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Cannot return ${this.requested}: ${this.returned} of ${this.sold} have been returned already`
  }
}

/** The movement did not go to a customer, so nothing of it comes back from one. */
export class NotASale extends Schema.TaggedError<NotASale>()("NotASale", {
  movement: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Movement ${this.movement} did not go to a customer`
  }
}

/** The movement was taken back by another already. */
export class AlreadyReversed extends Schema.TaggedError<AlreadyReversed>()("AlreadyReversed", {
  movement: Schema.Number,
  by: Schema.Number
}) {
  override get message() {
    return `Movement ${this.movement} was reversed by movement ${this.by}`
  }
}

/**
 * The movement cannot be taken back by itself: it belongs to a `hold` or a `document`, whose own commands undo it, it is
 * a `correction` itself, it is a `revaluation` of what stays where it is, or some of it was `returned`.
 */
export class NotReversible extends Schema.TaggedError<NotReversible>()("NotReversible", {
  movement: Schema.Number,
  because: Schema.Literals(["hold", "document", "correction", "revaluation", "returned"])
}) {
  override get message() {
    return `Movement ${this.movement} cannot be reversed: ${explanations[this.because]}`
  }
}

const explanations = {
  hold: "it belongs to a hold",
  document: "it belongs to a document",
  correction: "it is a correction itself",
  revaluation: "it only set what the stock cost",
  returned: "some of it was returned"
}

/** Less is in quarantine at that level than asked for. Units. */
export class InsufficientQuarantine extends Schema.TaggedError<InsufficientQuarantine>()("InsufficientQuarantine", {
  level: Schema.Literals(["item", "variation", "batch", "location"]),
  item: Schema.Number,
  variation: Nullable,
  batch: Nullable,
  location: Nullable,
  quarantined: Schema.Number,
  requested: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Insufficient quarantined stock. Quarantined: ${this.quarantined}, Requested: ${this.requested}`
  }
}
