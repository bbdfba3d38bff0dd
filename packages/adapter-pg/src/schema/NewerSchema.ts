import { Schema } from "effect"

/** The database was migrated by a newer program; this one would not understand what is in it. Nothing was changed. */
export class NewerSchema extends Schema.TaggedError<NewerSchema>()("NewerSchema", {
  /** The version the database has. */
  found: Schema.Number,
  /** The newest version this program knows. */
  supported: Schema.Number
}) {
  override get message() {
    return `The database has schema version ${this.found}; this program knows versions up to ${this.supported}`
  }
}
