import { Schema } from "effect"

/** Another item of the organization, deleted ones included, has this SKU. */
export class DuplicateSku extends Schema.TaggedError<DuplicateSku>()("DuplicateSku", { sku: Schema.String }) {
  override get message() {
    return `An item with SKU "${this.sku}" already exists`
  }
}

/** Another location of the organization has this name. */
export class DuplicateLocationName extends Schema.TaggedError<DuplicateLocationName>()("DuplicateLocationName", {
  name: Schema.String
}) {
  override get message() {
    return `A location named "${this.name}" already exists`
  }
}

/** The location cannot be closed: stock lies in it (units on hand), or it is the default location. */
export class LocationInUse extends Schema.TaggedError<LocationInUse>()("LocationInUse", {
  location: Schema.Number,
  onHand: Schema.Number
}) {
  override get message() {
    return this.onHand > 0
      ? `Location ${this.location} still has ${this.onHand} units in stock`
      : `Location ${this.location} is the default location`
  }
}
