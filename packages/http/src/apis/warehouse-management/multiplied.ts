/** So many times an amount of at least two decimals, exactly, with as many of them as it needs. */
export const multiplied = (amount: string, times: number): string => {
  const [whole = "0", fraction = ""] = amount.split(".")
  const product = BigInt(whole + fraction) * BigInt(times)
  const digits = String(product < 0n ? -product : product).padStart(fraction.length + 1, "0")
  const point = digits.length - fraction.length
  const decimals = digits.slice(point).replace(/0+$/, "").padEnd(2, "0")
  return `${product < 0n ? "-" : ""}${digits.slice(0, point)}.${decimals}`
}
