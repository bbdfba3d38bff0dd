import { Schema } from "effect"

/** The address of the database says something that cannot be done, or is not understood. Nothing was connected to. */
export class InvalidDatabaseUrl extends Schema.TaggedError<InvalidDatabaseUrl>()("InvalidDatabaseUrl", {
  /** The parameter that is wrong; `url` for the address itself. */
  option: Schema.String,
  /** What is wrong with it; safe to show, for no password is in it. */
  problem: Schema.String
}) {
  override get message() {
    return `${this.option} in the database's URL: ${this.problem}`
  }
}
