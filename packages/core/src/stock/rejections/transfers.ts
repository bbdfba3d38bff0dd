import { Schema } from "effect"

const status = Schema.Literals(["pending", "inTransit", "completed", "cancelled"])

/** A transfer goes from one location to another. */
export class SameLocation extends Schema.TaggedError<SameLocation>()("SameLocation", { location: Schema.Number }) {
  override get message() {
    return "Source and destination must be different locations"
  }
}

/** The location is where stock is on its way: a transfer passes through it, and neither begins nor ends there. */
export class TransitLocation extends Schema.TaggedError<TransitLocation>()("TransitLocation", {
  location: Schema.Number
}) {
  override get message() {
    return `Location ${this.location} is for stock in transit`
  }
}

/** The organization has no such transfer. */
export class UnknownTransfer extends Schema.TaggedError<UnknownTransfer>()("UnknownTransfer", {
  transfer: Schema.NullOr(Schema.Number),
  reference: Schema.NullOr(Schema.String)
}) {
  override get message() {
    return `Transfer ${this.transfer ?? `"${this.reference}"`} not found`
  }
}

/** Nothing of the transfer is on its way any more. */
export class TransferClosed extends Schema.TaggedError<TransferClosed>()("TransferClosed", {
  transfer: Schema.Number,
  reference: Schema.NullOr(Schema.String),
  status
}) {
  override get message() {
    return `Transfer ${this.transfer} is ${this.status}`
  }
}

/** Some of the transfer has left the source already. */
export class TransferNotPending extends Schema.TaggedError<TransferNotPending>()("TransferNotPending", {
  transfer: Schema.Number,
  reference: Schema.NullOr(Schema.String),
  status
}) {
  override get message() {
    return `Transfer ${this.transfer} is not pending`
  }
}

/** Less is still held at the source than is to be dispatched. Units; `line` counts the command's `lines`. */
export class InsufficientToDispatch extends Schema.TaggedError<InsufficientToDispatch>()("InsufficientToDispatch", {
  transfer: Schema.Number,
  item: Schema.Number,
  line: Schema.Number,
  pending: Schema.Number,
  requested: Schema.Number
}) {
  override get message() {
    return `Not enough left to dispatch. Pending: ${this.pending}, Requested: ${this.requested}`
  }
}

/** Less is in transit than is said to have arrived or to be lost. Units; `line` counts the lines of that list. */
export class InsufficientInTransit extends Schema.TaggedError<InsufficientInTransit>()("InsufficientInTransit", {
  transfer: Schema.Number,
  item: Schema.Number,
  list: Schema.Literals(["lines", "lost"]),
  line: Schema.Number,
  inTransit: Schema.Number,
  requested: Schema.Number
}) {
  override get message() {
    return `Not enough in transit. In transit: ${this.inTransit}, Requested: ${this.requested}`
  }
}

export type TransferRejection =
  | SameLocation
  | TransitLocation
  | UnknownTransfer
  | TransferClosed
  | TransferNotPending
  | InsufficientToDispatch
  | InsufficientInTransit
