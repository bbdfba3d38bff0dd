import type { LevelPolicy } from "./Policy.ts"

/** What a suggestion is made of. Units; `demandPerDay` is what left to customers on average, `null` when not known. */
export interface ReorderInput {
  readonly available: number
  readonly expected: number
  /** Units that backorders wait for. */
  readonly waiting: number
  readonly policy: LevelPolicy
  readonly demandPerDay: number | null
}

/** How much to order now, and why. Units. */
export interface ReorderSuggestion {
  readonly quantity: number
  /** Available + expected − waiting: what there will be without an order. */
  readonly position: number
  /** At or below it, an order is due. */
  readonly reorderPoint: number
  /** Up to `maximum`, in multiples of the `reorderQuantity`, or what is in `demand` until an order arrives. */
  readonly basis: "maximum" | "reorderQuantity" | "demand"
}

/** Units a day on average: units over days. */
export const averageDailyDemand = (units: number, days: number): number => units / days

/**
 * The reorder point of an item with steady demand: demand per day × lead time in days + safety stock, rounded up.
 * (Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th ed., §6.7: s = D·L + SS.)
 */
export const reorderPointOf = (demandPerDay: number, leadTimeDays: number, safetyStock: number): number =>
  Math.ceil(demandPerDay * leadTimeDays + safetyStock)

/**
 * What to order for an item that is at or below its reorder point; `null` above it, or when its policy does not say
 * where that is. The reorder point is the policy's own, or follows from demand and lead time. With a maximum the order
 * fills up to it, an (s, S) policy; with a reorder quantity it is the fewest of those that lift the position above the
 * reorder point, an (s, nQ) policy; otherwise what demand and lead time ask for. (Silver, Pyke and Thomas, §6.5.)
 */
export const suggestReorder = ({
  available,
  expected,
  waiting,
  policy,
  demandPerDay
}: ReorderInput): ReorderSuggestion | null => {
  const { leadTimeDays, safetyStock = 0, maximum, reorderQuantity } = policy
  const needed =
    demandPerDay === null || leadTimeDays === undefined ? null : reorderPointOf(demandPerDay, leadTimeDays, safetyStock)
  const reorderPoint = policy.reorderPoint ?? needed
  const position = available + expected - waiting
  if (reorderPoint === null || position > reorderPoint) return null
  const made = (basis: ReorderSuggestion["basis"], quantity: number) =>
    quantity > 0 ? { quantity, position, reorderPoint, basis } : null
  if (maximum !== undefined) return made("maximum", maximum - position)
  if (reorderQuantity !== undefined) {
    const orders = Math.floor((reorderPoint - position) / reorderQuantity) + 1
    return made("reorderQuantity", orders * reorderQuantity)
  }
  return needed === null ? null : made("demand", needed - position)
}
