/**
 * A sum of costs as an exact decimal string, signed, with two to six digits after the point (`"799.995"`, `"-3.00"`).
 * Never a float.
 */
export type Amount = string

/** Costs are reckoned in millionths. */
const digits = 6

/** An amount in millionths. */
export const toMillionths = (amount: string): bigint => {
  const [whole = "0", fraction = ""] = amount.split(".")
  return BigInt(whole + fraction.padEnd(digits, "0"))
}

/** Millionths as an amount. */
export const fromMillionths = (millionths: bigint): Amount => {
  const text = (millionths < 0n ? -millionths : millionths).toString().padStart(digits + 1, "0")
  const fraction = text.slice(-digits).replace(/0+$/, "").padEnd(2, "0")
  return `${millionths < 0n ? "-" : ""}${text.slice(0, -digits)}.${fraction}`
}

/** `value × part / whole`, rounded to the nearest millionth, halves to the even one (IEEE 754 roundTiesToEven). */
export const share = (value: bigint, part: number, whole: number): bigint => {
  if (part === whole) return value
  const product = value * BigInt(part)
  const divisor = BigInt(whole)
  const quotient = product / divisor
  const rest = 2n * absolute(product % divisor)
  const step = product < 0n === divisor < 0n ? 1n : -1n
  const size = absolute(divisor)
  return rest > size || (rest === size && quotient % 2n !== 0n) ? quotient + step : quotient
}

const absolute = (n: bigint): bigint => (n < 0n ? -n : n)
