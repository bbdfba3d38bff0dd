import { Schema } from "effect"

/** The business date lies after the store's time. Epoch milliseconds. */
export class EffectiveInFuture extends Schema.TaggedError<EffectiveInFuture>()("EffectiveInFuture", {
  effectiveAt: Schema.Number,
  now: Schema.Number
}) {
  override get message() {
    return `The business date ${this.effectiveAt} is after now, ${this.now}`
  }
}
