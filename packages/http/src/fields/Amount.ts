import { parseMoney } from "@stockbook/core"
import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notAnAmount: Failure = {
  type: "decimal_parsing",
  msg: "Input should be an amount of 0 or more with at most 13 digits before the point and 2 after it"
}

/** Whether a number or a text is such an amount. */
export const isAmount = Schema.makeFilter((input: string | number) => parseMoney(input) !== undefined, {
  [FAILURE]: notAnAmount
})

/** An amount of money in a body, as a number or in a string, with at most two decimals: nothing is rounded. */
export const Amount = Schema.Union([Schema.Finite, Schema.String])
  .annotate({ examples: [999.99, "999.99"] })
  .check(isAmount)

/** The amount in its canonical form; it has been checked to be one. */
export const amountOf = (input: typeof Amount.Type): string => parseMoney(input) ?? String(input)
