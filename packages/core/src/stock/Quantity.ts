import { Schema } from "effect"

/** A count of an item's smallest unit: a safe integer, 1 or more. */
export const Quantity = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("Quantity"))
export type Quantity = typeof Quantity.Type

/** A signed change in an item's smallest unit: a safe integer, not zero. */
export const Delta = Schema.Int.check(
  Schema.makeFilter((n: number) => n !== 0 || "Expected a value other than 0")
).pipe(Schema.brand("Delta"))
export type Delta = typeof Delta.Type

/** A stock level in an item's smallest unit: a safe integer, 0 or more. */
export const Level = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.brand("Level"))
export type Level = typeof Level.Type
