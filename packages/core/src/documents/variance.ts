import { type Amount, fromMillionths, toMillionths } from "../costs/Amount.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Count, CountLine } from "./Count.ts"

/** A counted line of a count, and what its difference is worth. */
export interface VarianceLine extends CountLine {
  /** Signed; `null` where costs are not kept. */
  readonly value: Amount | null
}

/** How far what was counted was from what the books said. Units; amounts are exact decimals. */
export interface Variance {
  /** Counted lines with a difference, the largest first. */
  readonly lines: ReadonlyArray<VarianceLine>
  readonly counted: number
  readonly uncounted: number
  /** Counted lines without a difference. */
  readonly matched: number
  readonly surplus: number
  /** 0 or less. */
  readonly shortage: number
  /** surplus + shortage. */
  readonly net: number
  /** Of the lines whose costs are kept. */
  readonly surplusValue: Amount
  readonly shortageValue: Amount
  /**
   * Matched over counted lines, 0 to 1; `null` of a count without counted lines. (Inventory record accuracy: APICS
   * Dictionary; here without a tolerance.)
   */
  readonly accuracy: number | null
}

/** The variance report of a count, from its posted movements (see `History.variance`). */
export const varianceOf = (count: Count, movements: Iterable<Movement>): Variance => {
  const values = new Map<string, bigint>()
  for (const { item, from, to, details } of movements) {
    const inside = typeof to === "string" ? from : to
    if (details?.document !== count.id || details.cost === undefined || typeof inside === "string") continue
    const name = nameOf({ item, ...inside })
    const cost = toMillionths(details.cost)
    values.set(name, (values.get(name) ?? 0n) + (typeof to === "string" ? -cost : cost))
  }
  const counted = count.lines.filter((line) => line.counted !== null)
  const lines = counted
    .filter(({ difference }) => difference !== null && difference !== 0)
    .map((line): VarianceLine => {
      const value = values.get(nameOf(line))
      return { ...line, value: value === undefined ? null : fromMillionths(value) }
    })
    .toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0) || a.line - b.line)
  const units = (sign: 1 | -1) =>
    lines.reduce((sum, { difference }) => sum + (Math.sign(difference ?? 0) === sign ? (difference ?? 0) : 0), 0)
  const value = (isSurplus: boolean) =>
    fromMillionths(Array.from(values.values()).reduce((sum, each) => (each > 0n === isSurplus ? sum + each : sum), 0n))
  const matched = counted.length - lines.length
  return {
    lines,
    counted: counted.length,
    uncounted: count.lines.length - counted.length,
    matched,
    surplus: units(1),
    shortage: units(-1),
    net: units(1) + units(-1),
    surplusValue: value(true),
    shortageValue: value(false),
    accuracy: counted.length === 0 ? null : matched / counted.length
  }
}

const nameOf = ({ item, location, variation, batch }: Pick<CountLine, "item" | "location" | "variation" | "batch">) =>
  `${item}/${location}/${variation ?? ""}/${batch ?? ""}`
