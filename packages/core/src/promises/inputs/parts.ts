import { Result, Schema } from "effect"
import { StorableText } from "../../catalog/Text.ts"

/** One for each field of an input, so that none can be forgotten. */
export type FieldsOf<Input> = { readonly [K in keyof Input]-?: Schema.Top }

/** A whole number, 0 or more: an instant in epoch milliseconds, a number of rows, an id to go on after. */
export const Whole = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** A whole number, 1 or more. */
export const Positive = Schema.Int.check(Schema.isGreaterThan(0))

export const whole = Schema.optional(Whole)
export const positive = Schema.optional(Positive)
export const flag = Schema.optional(Schema.Boolean)
export const text = Schema.optional(StorableText)

/** How many rows a page has, 1 to so many. */
export const limitTo = (maximum: number) => Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum })))

/** No input at all. */
export const nothing: Result.Result<null> = Result.succeed(null)
