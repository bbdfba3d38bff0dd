import { Schema } from "effect"

/** The item's units are known one by one: as many serial numbers are needed as units move. */
export class SerialsRequired extends Schema.TaggedError<SerialsRequired>()("SerialsRequired", {
  item: Schema.Number,
  required: Schema.Number,
  named: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} needs ${this.required} serial numbers, ${this.named} named`
  }
}

/** A unit with this serial number is here already. */
export class DuplicateSerial extends Schema.TaggedError<DuplicateSerial>()("DuplicateSerial", {
  item: Schema.Number,
  serial: Schema.String
}) {
  override get message() {
    return `Serial "${this.serial}" of item ${this.item} is in stock already`
  }
}

/** The unit is not where the command would take it from, or somebody else keeps it. */
export class SerialNotThere extends Schema.TaggedError<SerialNotThere>()("SerialNotThere", {
  item: Schema.Number,
  serial: Schema.String
}) {
  override get message() {
    return `Serial "${this.serial}" of item ${this.item} is not there`
  }
}

/** Serial numbers were named of an item whose units have none. */
export class NotSerialTracked extends Schema.TaggedError<NotSerialTracked>()("NotSerialTracked", {
  item: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} has no serial numbers`
  }
}

/** The item has stock: whether its units have serial numbers can only change when there is none. */
export class TrackingInUse extends Schema.TaggedError<TrackingInUse>()("TrackingInUse", {
  item: Schema.Number,
  onHand: Schema.Number
}) {
  override get message() {
    return `Item ${this.item} has ${this.onHand} units on hand`
  }
}

export type SerialRejection = SerialsRequired | DuplicateSerial | SerialNotThere | NotSerialTracked | TrackingInUse
