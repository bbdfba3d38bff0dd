import { Schema } from "effect"

/** More is owed already than the new limit allows. Units below zero. */
export class NegativeLimitInUse extends Schema.TaggedError<NegativeLimitInUse>()("NegativeLimitInUse", {
  item: Schema.Number,
  owed: Schema.Number,
  requested: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} owes ${this.owed} units, more than ${this.requested}`
  }
}

/** The item's policy has every pick named, and several leaves fit the line. */
export class LeafNotNamed extends Schema.TaggedError<LeafNotNamed>()("LeafNotNamed", {
  item: Schema.Number,
  line: Schema.Number,
  leaves: Schema.Number
}) {
  override get message() {
    return `Name where item ${this.item} is to be picked: ${this.leaves} places fit`
  }
}

/** There is no policy of that variation and location. */
export class UnknownPolicy extends Schema.TaggedError<UnknownPolicy>()("UnknownPolicy", {
  item: Schema.Number,
  variation: Schema.NullOr(Schema.Number),
  location: Schema.NullOr(Schema.Number)
}) {
  override get message() {
    return `Item ${this.item} has no such policy`
  }
}

/** Why a command was refused for what policies say. */
export type PolicyRejection = NegativeLimitInUse | LeafNotNamed | UnknownPolicy
