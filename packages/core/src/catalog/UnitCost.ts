import { Schema } from "effect"

/**
 * What one unit costs, as an exact decimal string in canonical form: no sign, up to 13 digits before the point, at least
 * two after it and at most six, the last of more than two not zero (`"12.50"`, `"799.995"`). Never a float.
 */
export const UnitCost = Schema.String.check(
  Schema.isPattern(/^(0|[1-9][0-9]{0,12})\.[0-9]{2}([0-9]{0,3}[1-9])?$/, {
    expected: 'a decimal amount such as "12.50" or "799.995"'
  })
).pipe(Schema.brand("UnitCost"))
export type UnitCost = typeof UnitCost.Type

const decimal = /^(0|[1-9][0-9]{0,12})(?:\.([0-9]+))?$/

/**
 * Reads a cost as people and JSON write it (`"12"`, `12.5`, `"799.995"`) into its canonical form. Returns `undefined`
 * for what is no amount, is negative, or has a seventh decimal other than zero: nothing is rounded.
 *
 * @example
 * ```ts
 * import { parseUnitCost } from "@stockbook/core"
 *
 * parseUnitCost(12.5) // "12.50"
 * parseUnitCost("799.995") // "799.995"
 * ```
 */
export const parseUnitCost = (input: string | number): UnitCost | undefined => {
  const match = decimal.exec(typeof input === "number" ? String(input) : input.trim())
  if (match === null) return undefined
  const fraction = (match[2] ?? "").replace(/0+$/, "")
  if (fraction.length > 6) return undefined
  return UnitCost.make(`${match[1]}.${fraction.padEnd(2, "0")}`)
}
