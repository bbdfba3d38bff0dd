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
  /** The name; every error has a `name` of its own. */
  duplicate: Schema.String
}) {
  override get message() {
    return `${this.of === "item" ? "An" : "A"} ${this.of} named "${this.duplicate}" already exists`
  }
}

/** Another location of the organization has this name. */
export class DuplicateLocationName extends Schema.TaggedError<DuplicateLocationName>()("DuplicateLocationName", {
  duplicate: Schema.String
}) {
  override get message() {
    return `A location named "${this.duplicate}" already exists`
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

/** The location cannot be closed: stock lies in it (units on hand), or it is the default or transit location. */
export class LocationInUse extends Schema.TaggedError<LocationInUse>()("LocationInUse", {
  location: Schema.Number,
  onHand: Schema.Number
}) {
  override get message() {
    return this.onHand > 0
      ? `Location ${this.location} still has ${this.onHand} units in stock`
      : `Location ${this.location} is the default or the transit location`
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

/**
 * It cannot be deleted: units of it lie somewhere, or open holds hold some. They can be written off first. Where stock
 * may be negative, `onHand` may be too.
 */
export class StillInStock extends Schema.TaggedError<StillInStock>()("StillInStock", {
  of: Schema.Literals(["item", "variation", "batch"]),
  id: Schema.Number,
  onHand: Schema.Number,
  held: Schema.Number
}) {
  override get message() {
    return `The ${this.of} still has ${this.onHand} units in stock, ${this.held} of them held`
  }
}

/**
 * The components do not make a kit: the kit itself is among them (`self`), or another kit (`kit`), or one twice
 * (`twice`), or the item that is to be a kit is a component of another (`component`; then `component` is that kit).
 */
export class InvalidKit extends Schema.TaggedError<InvalidKit>()("InvalidKit", {
  kit: Schema.Number,
  component: Schema.Number,
  reason: Schema.Literals(["self", "kit", "twice", "component"])
}) {
  override get message() {
    return {
      self: "A kit cannot be a component of itself",
      kit: `Item ${this.component} is a kit itself`,
      twice: `Item ${this.component} is named twice`,
      component: `The item is a component of kit ${this.component}`
    }[this.reason]
  }
}

/** The user is such a partner of the organization already. */
export class DuplicatePartner extends Schema.TaggedError<DuplicatePartner>()("DuplicatePartner", {
  kind: Schema.Literals(["customer", "supplier"]),
  user: Schema.Number
}) {
  override get message() {
    return `User ${this.user} is a ${this.kind} already`
  }
}
