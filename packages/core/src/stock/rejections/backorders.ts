import { Schema } from "effect"

/**
 * More would wait than the item's policy lets wait. `waiting` do already, `requested` more were wanted by the line, of
 * which `available` are there. Units.
 */
export class BackorderLimitReached extends Schema.TaggedError<BackorderLimitReached>()("BackorderLimitReached", {
  item: Schema.Number,
  limit: Schema.Number,
  waiting: Schema.Number,
  requested: Schema.Number,
  available: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} takes backorders of ${this.limit} units, of which ${this.waiting} wait already`
  }
}

/** The organization has no such backorder. */
export class UnknownBackorder extends Schema.TaggedError<UnknownBackorder>()("UnknownBackorder", {
  backorder: Schema.Number
}) {
  override get message() {
    return `Backorder ${this.backorder} not found`
  }
}

/** Nothing of the backorder waits any more. */
export class BackorderClosed extends Schema.TaggedError<BackorderClosed>()("BackorderClosed", {
  backorder: Schema.Number,
  status: Schema.Literals(["filled", "cancelled"])
}) {
  override get message() {
    return `Backorder ${this.backorder} is ${this.status}`
  }
}

/** Fewer units wait than are to be cancelled. */
export class InsufficientBackorder extends Schema.TaggedError<InsufficientBackorder>()("InsufficientBackorder", {
  backorder: Schema.Number,
  waiting: Schema.Number,
  requested: Schema.Number
}) {
  override get message() {
    return `Backorder ${this.backorder} waits for ${this.waiting}, not ${this.requested}`
  }
}

/** Why a command was refused for what waits. */
export type BackorderRejection = BackorderLimitReached | UnknownBackorder | BackorderClosed | InsufficientBackorder
