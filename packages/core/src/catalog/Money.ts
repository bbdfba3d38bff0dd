import { Schema } from "effect"

/**
 * An exact amount of money as a decimal string in canonical form: no sign, up to 13 digits before the point
 * and exactly two after it (`"999.99"`). Never a float, so sums and products are exact.
 */
export const Money = Schema.String.check(
  Schema.isPattern(/^(0|[1-9][0-9]{0,12})\.[0-9]{2}$/, { expected: 'a decimal amount such as "999.99"' })
).pipe(Schema.brand("Money"))
export type Money = typeof Money.Type

const decimal = /^(0|[1-9][0-9]{0,12})(?:\.([0-9]+))?$/

/**
 * Reads an amount as people and JSON write it (`"12"`, `"12.5"`, `12.5`) into its canonical form. Returns
 * `undefined` for what is no amount, is negative, or has a third decimal other than zero: nothing is rounded.
 *
 * @example
 * ```ts
 * import { parseMoney } from "@stockbook/core"
 *
 * parseMoney(12.5) // "12.50"
 * parseMoney("799.995") // undefined
 * ```
 */
export const parseMoney = (input: string | number): Money | undefined => {
  const match = decimal.exec(typeof input === "number" ? String(input) : input.trim())
  if (match === null) return undefined
  const fraction = (match[2] ?? "").replace(/0+$/, "")
  if (fraction.length > 2) return undefined
  return Money.make(`${match[1]}.${fraction.padEnd(2, "0")}`)
}
