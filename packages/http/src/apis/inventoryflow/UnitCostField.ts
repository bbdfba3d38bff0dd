import { fromMillionths, parseUnitCost, toMillionths, type UnitCost } from "@stockbook/core"
import { Schema } from "effect"
import { FAILURE, type Failure } from "../../problems/Failure.ts"

const notACost: Failure = {
  type: "decimal_parsing",
  msg: "Input should be an amount of 0 or more with at most 13 digits before the point and 6 after it"
}

/** What a unit costs, as a number or in a string, with at most six decimals: nothing is rounded. */
export const UnitCostField = Schema.Union([Schema.Finite, Schema.String])
  .annotate({ examples: [800, "799.995"] })
  .check(Schema.makeFilter((input: string | number) => parseUnitCost(input) !== undefined, { [FAILURE]: notACost }))

/** The cost in its canonical form; it has been checked to be one. */
export const unitCostOf = (input: typeof UnitCostField.Type): UnitCost | string => parseUnitCost(input) ?? String(input)

/** Exactly so many units at this amount each. */
export const totalOf = (unitAmount: string, quantity: number): string =>
  fromMillionths(toMillionths(unitAmount) * BigInt(quantity))
