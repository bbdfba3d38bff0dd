import { Result } from "effect"
import type { LocationId } from "../catalog/Location.ts"
import { type Costing, layersOf, methodAt, sumOf, withLayers } from "../costs/Costing.ts"
import { stockStates } from "../stock/Account.ts"
import type { CommandOf } from "../stock/Command.ts"
import { onHand } from "../stock/Levels.ts"
import { CostsInUse, type Rejection, UnitCostRequired } from "../stock/Rejection.ts"
import { byKey } from "../stock/StockKey.ts"
import { type Booking, book, startBooking } from "./book.ts"
import type { Decision } from "./Decision.ts"
import { changeDetails } from "./details.ts"
import { checkPlaces } from "./guard.ts"
import type { StockState, WorkingItem } from "./State.ts"

/**
 * SetCosting: from now on the item's costs are kept, by another method, or not at all. Stock that is there when costs
 * begin to be kept goes out and comes in again at the unit cost said, so that the ledger alone tells every value; an
 * item that has stock, and no unit cost said, is refused. So is an end while there is stock, whose value would be lost.
 */
export const decideSetCosting = (
  state: StockState,
  command: CommandOf<"SetCosting">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { item: id, method, locations = [] } = command
  const places = checkPlaces(state, command.organization, [
    { item: id },
    ...locations.map(({ location }) => ({ item: id, location }))
  ])
  if (Result.isFailure(places)) return Result.fail(places.failure)
  const booking = startBooking(state, command, now)
  const { decision } = booking
  const item = state.items.get(id)
  const before = item?.details?.costs
  if (item === undefined) return Result.succeed(decision)
  if (method === null) {
    const there = Array.from(item.leaves.values()).reduce((sum, leaf) => sum + Math.abs(onHand(leaf)), 0)
    if (there > 0 && before !== undefined) return Result.fail(new CostsInUse({ item: id, onHand: there }))
    if (before !== undefined) changeDetails(state, decision, id, { costs: undefined })
  } else {
    const methods = Object.fromEntries(locations.map((each) => [String(each.location), each.method]))
    const others = locations.length === 0 ? {} : { methods }
    if (before === undefined) {
      if (onHand(item.totals) !== 0 && command.unitCost === undefined) {
        return Result.fail(new UnitCostRequired({ item: id, onHand: onHand(item.totals) }))
      }
      changeDetails(state, decision, id, { costs: { method, ...others, pools: [] } })
      reenter(booking, item, command.unitCost)
    } else {
      const { pools, last } = before
      const costing: Costing = { method, ...others, ...(last === undefined ? {} : { last }), pools }
      changeDetails(state, decision, id, { costs: relayered(costing) })
    }
  }
  decision.events.push({ id: decision.nextId++, event: { _tag: "CostingChanged", item: id, method } })
  return Result.succeed(decision)
}

const reenter = (booking: Booking, item: WorkingItem, unitCost: CommandOf<"SetCosting">["unitCost"]): void => {
  if (unitCost === undefined) return
  for (const leaf of Array.from(item.leaves.values()).sort((a, b) => byKey(a.key, b.key))) {
    for (const state of stockStates) {
      if (leaf[state] <= 0) continue
      book(booking, leaf.key, state, "adjustment", leaf[state], null)
      book(booking, leaf.key, "adjustment", state, leaf[state], null, { unitCost })
    }
  }
}

/** Layers become one where the average is now kept. */
const relayered = (costing: Costing): Costing =>
  costing.pools
    .map(([location]) => location)
    .filter((location: LocationId) => methodAt(costing, location) === "average")
    .reduce((next, location) => withLayers(next, location, [sumOf(layersOf(next, location))]), costing)
