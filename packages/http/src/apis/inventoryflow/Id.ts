import { Schema } from "effect"

/** The id of something, in a body. */
export const Id = Schema.Int.check(Schema.isGreaterThan(0))
