import { Schema } from "effect"

/** Another item or variation of the organization, deleted ones included, has this SKU. */
export class DuplicateSku extends Schema.TaggedError<DuplicateSku>()("DuplicateSku", { sku: Schema.String }) {
  override get message() {
    return `An item with SKU "${this.sku}" already exists`
  }
}

/** Another item or variation of the organization, deleted ones included, has this barcode. */
export class DuplicateBarcode extends Schema.TaggedError<DuplicateBarcode>()("DuplicateBarcode", {
  barcode: Schema.String
}) {
  override get message() {
    return `An item with barcode "${this.barcode}" already exists`
  }
}

/** Another one that is not deleted has this name, where names are unique. */
export class DuplicateName extends Schema.TaggedError<DuplicateName>()("DuplicateName", {
  of: Schema.Literals(["item", "variation", "batch", "category", "brand", "unit"]),
  name: Schema.String
}) {
  override get message() {
    return `${this.of === "item" ? "An" : "A"} ${this.of} named "${this.name}" already exists`
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

/** A field names what the organization does not have, or has deleted. */
export class UnknownReference extends Schema.TaggedError<UnknownReference>()("UnknownReference", {
  /** The field as the input has it, `components.0.item`. */
  field: Schema.String,
  id: Schema.Number
}) {
  override get message() {
    return `${this.field}: ${this.id} not found`
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

/** The location would be a part of itself, at some remove. */
export class LocationCycle extends Schema.TaggedError<LocationCycle>()("LocationCycle", {
  location: Schema.Number,
  parent: Schema.Number
}) {
  override get message() {
    return `Location ${this.location} cannot be a part of location ${this.parent}, which is a part of it`
  }
}
