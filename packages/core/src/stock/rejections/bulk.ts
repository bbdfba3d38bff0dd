import { Schema } from "effect"

/** Rows of a `Bulk` were refused, each by the first of its commands that was, and so nothing of it was done. */
export class BulkRejected extends Schema.TaggedError<BulkRejected>()("BulkRejected", {
  failures: Schema.Array(
    Schema.Struct({
      /** 0, 1, 2 … of the `rows`. */
      row: Schema.Number,
      /** What the command was refused for: the tag of its rejection, and its message. */
      tag: Schema.String,
      reason: Schema.String
    })
  )
}) {
  override get message() {
    const [first] = this.failures
    const more = this.failures.length > 1 ? `, and ${this.failures.length - 1} more` : ""
    return first === undefined ? "Nothing was done" : `Row ${first.row}: ${first.reason}${more}`
  }
}
