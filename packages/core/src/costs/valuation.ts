import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { Movement } from "../stock/Movement.ts"
import { type Amount, fromMillionths, share, toMillionths } from "./Amount.ts"
import { type Costing, type Layer, layersOf, sumOf } from "./Costing.ts"

/** What stock is worth at cost. */
export interface Valuation {
  /** Units on hand whose costs are kept. */
  readonly units: number
  readonly value: Amount
}

/** An item's stock at cost, over all and at each location that has some. */
export interface ItemValuation extends Valuation {
  readonly item: ItemId
  readonly byLocation: ReadonlyArray<
    Valuation & {
      readonly location: LocationId
      /** value ÷ units, to the nearest millionth; `null` where there are no units. */
      readonly unitCost: Amount | null
    }
  >
}

/** What goods that went to customers cost, less what came back, in a period. */
export interface CostOfGoods {
  readonly units: number
  readonly cost: Amount
}

/** What the stock is worth now. */
export const valuationOf = (item: ItemId, costing: Costing): ItemValuation =>
  toValuation(
    item,
    costing.pools.map(([location]) => [location, sumOf(layersOf(costing, location))])
  )

/** What the stock was worth after these movements, all of the item's from its first on. */
export const replayValue = (item: ItemId, movements: Iterable<Movement>): ItemValuation => {
  const pools = new Map<LocationId, Layer>()
  const post = (account: Movement["from"], units: number, value: bigint) => {
    if (typeof account === "string") return
    const before = pools.get(account.location) ?? { units: 0, value: 0n }
    pools.set(account.location, { units: before.units + units, value: before.value + value })
  }
  for (const { from, to, quantity, details } of movements) {
    if (details?.cost === undefined) continue
    const cost = toMillionths(details.cost)
    post(from, -quantity, -cost)
    post(to, quantity, cost - varianceOf(details))
  }
  return toValuation(
    item,
    Array.from(pools).sort(([a], [b]) => a - b)
  )
}

/**
 * The cost of goods sold (IAS 2 paragraph 34): what went to customers, less what they gave back, with the variance of
 * units that had gone out before they were there.
 */
export const costOfGoods = (movements: Iterable<Movement>): CostOfGoods => {
  let units = 0
  let cost = 0n
  for (const { from, to, quantity, details } of movements) {
    if (details?.cost === undefined) continue
    cost += varianceOf(details)
    const sign = to === "customer" ? 1 : from === "customer" ? -1 : 0
    units += sign * quantity
    cost += BigInt(sign) * toMillionths(details.cost)
  }
  return { units, cost: fromMillionths(cost) }
}

const varianceOf = ({ variance }: NonNullable<Movement["details"]>): bigint =>
  variance === undefined ? 0n : toMillionths(variance)

const toValuation = (item: ItemId, pools: ReadonlyArray<readonly [LocationId, Layer]>): ItemValuation => {
  const kept = pools.filter(([, { units, value }]) => units !== 0 || value !== 0n)
  const total = sumOf(kept.map(([, layer]) => layer))
  return {
    item,
    units: total.units,
    value: fromMillionths(total.value),
    byLocation: kept.map(([location, { units, value }]) => ({
      location,
      units,
      value: fromMillionths(value),
      unitCost: units === 0 ? null : fromMillionths(share(value, 1, units))
    }))
  }
}
