import type { LocationId } from "../catalog/Location.ts"
import { fromMillionths, share, toMillionths } from "../costs/Amount.ts"
import {
  addUnits,
  type Costing,
  type Layer,
  layersOf,
  methodAt,
  sumOf,
  takeUnits,
  totalOf,
  withLayers
} from "../costs/Costing.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Decision } from "./Decision.ts"
import { changeDetails, detailsOf } from "./details.ts"
import type { StockState } from "./State.ts"

/**
 * Reckons what the movements of a decision cost, for items whose costs are kept: units that go out take their cost from
 * the layers of their location, units that move to another location take it along, and units that come in cost what
 * was said, or what they cost when they went out, or else what those that are there do.
 */
export const addCosts = (state: StockState, decision: Decision): void => {
  for (const [index, movement] of decision.movements.entries()) {
    const { costs } = detailsOf(state, decision, movement.item)
    if (costs === undefined) continue
    const from = placeOf(movement.from)
    const to = placeOf(movement.to)
    // Before its costs were kept, stock had none; see `decideSetCosting`.
    if (from === to || (to === null && movement.cause === "SetCosting")) continue
    const costed = reckon(costs, movement, from, to, costBefore(state, movement))
    decision.movements[index] = { ...movement, details: { ...movement.details, ...costed.said } }
    changeDetails(state, decision, movement.item, { costs: costed.costing })
  }
}

const placeOf = (account: Movement["from"]): LocationId | null =>
  typeof account === "string" ? null : account.location

/** What units that come back cost when they went, of a movement that was costed; `null` when they do not come back. */
const costBefore = (state: StockState, { details, quantity }: Movement): bigint | null => {
  const before = state.movements.get(details?.returns ?? details?.corrects ?? 0)
  const cost = before?.details?.cost
  return before === undefined || cost === undefined ? null : share(toMillionths(cost), quantity, before.quantity)
}

const reckon = (
  costing: Costing,
  movement: Movement,
  from: LocationId | null,
  to: LocationId | null,
  before: bigint | null
) => {
  const { quantity } = movement
  let next = costing
  let cost: bigint
  if (from !== null) {
    const taken = takeUnits(layersOf(costing, from), quantity, rateOf(costing, null))
    cost = taken.cost
    next = withLayers(next, from, taken.layers)
  } else if (before !== null) {
    cost = before
  } else {
    const said = movement.details?.unitCost
    const rate = said === undefined ? rateOf(costing, to) : toMillionths(said)
    cost = rate * BigInt(quantity)
    next = { ...next, last: fromMillionths(rate) }
  }
  let variance = 0n
  if (to !== null) {
    const added = addUnits(layersOf(next, to), { units: quantity, value: cost }, methodAt(costing, to))
    variance = added.variance
    next = withLayers(next, to, added.layers)
  }
  const said = {
    cost: fromMillionths(cost),
    ...(variance === 0n ? {} : { variance: fromMillionths(variance) })
  }
  return { costing: next, said }
}

/** What a unit costs that nothing is known of: as those at the location do, or those anywhere, or the last one. */
const rateOf = (costing: Costing, location: LocationId | null): bigint => {
  const here = location === null ? none : sumOf(layersOf(costing, location))
  if (here.units > 0) return share(here.value, 1, here.units)
  const anywhere = totalOf(costing)
  if (anywhere.units > 0) return share(anywhere.value, 1, anywhere.units)
  return costing.last === undefined ? 0n : toMillionths(costing.last)
}

const none: Layer = { units: 0, value: 0n }
