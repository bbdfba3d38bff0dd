import { Schema } from "effect"

/** The organization has no such supplier that is not deleted. */
export class UnknownSupplier extends Schema.TaggedError<UnknownSupplier>()("UnknownSupplier", {
  supplier: Schema.Number
}) {
  override get message() {
    return `Supplier ${this.supplier} not found`
  }
}

/** The organization has no such expected supply. */
export class UnknownSupply extends Schema.TaggedError<UnknownSupply>()("UnknownSupply", {
  supply: Schema.NullOr(Schema.Number),
  reference: Schema.NullOr(Schema.String)
}) {
  override get message() {
    return `Supply ${this.supply ?? `"${this.reference}"`} not found`
  }
}

/** Nothing is expected of the supply any more. */
export class SupplyClosed extends Schema.TaggedError<SupplyClosed>()("SupplyClosed", {
  supply: Schema.Number,
  reference: Schema.NullOr(Schema.String),
  status: Schema.Literals(["received", "closed", "cancelled"])
}) {
  override get message() {
    return `Supply ${this.supply} is ${this.status}`
  }
}

/** The supply has no line of that number for that item. */
export class UnknownSupplyLine extends Schema.TaggedError<UnknownSupplyLine>()("UnknownSupplyLine", {
  supply: Schema.Number,
  line: Schema.Number,
  item: Schema.Number
}) {
  override get message() {
    return `Supply ${this.supply} has no line ${this.line} of item ${this.item}`
  }
}

/**
 * More would have come of a line than was expected and its tolerance allows. Units; `received` counts what came before,
 * with earlier lines of the same command.
 */
export class OverReceipt extends Schema.TaggedError<OverReceipt>()("OverReceipt", {
  supply: Schema.Number,
  line: Schema.Number,
  item: Schema.Number,
  expected: Schema.Number,
  received: Schema.Number,
  requested: Schema.Number,
  tolerated: Schema.Number
}) {
  override get message() {
    return `More than expected. Expected: ${this.expected}, Received: ${this.received}, Requested: ${this.requested}`
  }
}

export type SupplyRejection = UnknownSupplier | UnknownSupply | SupplyClosed | UnknownSupplyLine | OverReceipt
