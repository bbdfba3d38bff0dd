import type { OutsideAccount, StockState } from "../stock/Account.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Period } from "./CostQueries.ts"

/** Units that went from one kind of account to another by one kind of command, and in how many movements. */
export interface Flow {
  readonly from: StockState | OutsideAccount
  readonly to: StockState | OutsideAccount
  readonly cause: string
  readonly units: number
  readonly movements: number
}

/** An item's units, over all its leaves. */
export interface Totals {
  readonly available: number
  readonly onHand: number
}

/** An item's totals right after a movement; `movement` is 0 before its first. */
export interface ItemMark extends Totals {
  readonly item: Movement["item"]
  readonly movement: number
}

/** What an item's stock did in a period. Units. */
export interface MovementStatistics {
  readonly opening: Totals
  readonly closing: Totals
  /** By accounts and cause, in the order of their first movement. */
  readonly flows: ReadonlyArray<Flow>
  /** Units that came in from outside, and that went out. */
  readonly in: number
  readonly out: number
  /** Units that went to customers, less those that came back. */
  readonly sold: number
  /** Units on hand, each counted for as long as it was there: the mean over time. */
  readonly averageOnHand: number
  /**
   * How many times the stock was sold over in the period: `sold / averageOnHand`; `null` of no stock. (Inventory
   * turnover is what was sold over the average inventory: APICS Dictionary; here both in units, not in money.)
   */
  readonly turnover: number | null
  /** How long the average stock lasts at the period's pace, days: the period's days over `turnover`. */
  readonly daysOfStock: number | null
}

/** Adds up flows of one kind. */
export const sumFlows = (movements: Iterable<Movement>): ReadonlyArray<Flow> => {
  const flows = new Map<string, { -readonly [K in keyof Flow]: Flow[K] }>()
  for (const movement of movements) {
    const from = kindOf(movement.from)
    const to = kindOf(movement.to)
    const name = `${from}/${to}/${movement.cause}`
    const flow = flows.get(name) ?? { from, to, cause: movement.cause, units: 0, movements: 0 }
    flow.units += movement.quantity
    flow.movements += 1
    flows.set(name, flow)
  }
  return Array.from(flows.values())
}

const kindOf = (account: Movement["from"]) => (typeof account === "string" ? account : account.state)

/**
 * What an item's movements of a period, in order, made of its opening stock. The average weighs each level with how
 * long it lasted: `Σ on hand × milliseconds / milliseconds of the period`. A period that is not over counts as if
 * nothing more happened in it.
 */
export const movementStatistics = (
  opening: Totals,
  movements: ReadonlyArray<Movement>,
  { from, until }: Period
): MovementStatistics => {
  const flows = sumFlows(movements)
  let { available, onHand } = opening
  let since = from
  let weighted = 0n
  for (const movement of movements) {
    weighted += BigInt(onHand) * BigInt(movement.at - since)
    since = movement.at
    available = movement.availableAfter
    onHand = movement.onHandAfter
  }
  weighted += BigInt(onHand) * BigInt(until - since)
  const millis = until - from
  const averageOnHand = millis <= 0 ? onHand : Number(weighted) / millis
  const sum = (which: (flow: Flow) => boolean) => flows.filter(which).reduce((total, { units }) => total + units, 0)
  const sold = sum(({ to }) => to === "customer") - sum((flow) => flow.from === "customer")
  const turnover = averageOnHand > 0 ? sold / averageOnHand : null
  return {
    opening: { available: opening.available, onHand: opening.onHand },
    closing: { available, onHand },
    flows,
    in: sum((flow) => isOutside(flow.from)),
    out: sum((flow) => isOutside(flow.to)),
    sold,
    averageOnHand,
    turnover,
    daysOfStock: turnover === null || turnover <= 0 ? null : millis / 86_400_000 / turnover
  }
}

const isOutside = (account: Flow["from"]): boolean =>
  account === "supplier" || account === "customer" || account === "adjustment" || account === "loss"
