import type { LocationId } from "../catalog/Location.ts"
import type { Line } from "../stock/Command.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import { assign } from "./assign.ts"
import { inPickOrder } from "./pickOrder.ts"
import type { StockState, WorkingItem, WorkingLeaf } from "./State.ts"

/** So many units from one leaf. */
export interface Pick {
  readonly leaf: WorkingLeaf
  readonly quantity: number
}

/** What a line can have. */
export interface PickPlan {
  /** Units it can have, at most what it asks for, after the lines before it have theirs. */
  readonly found: number
  readonly picks: ReadonlyArray<Pick>
}

/**
 * How far a pick reaches. `sellable`: what orders may be served from, that is locations that are sellable themselves
 * and within sellable ones. `anywhere`: all but what is in transit, as corrections need it. Naming a location lifts
 * this for the location named, not for those within it.
 */
export type Reach = "sellable" | "anywhere"

/**
 * Picks leaves for the lines of one command, each under its selector, by the item's pick order. Check, reserve, issue
 * and transfer all use this plan. A line is short only if no choice of leaves could serve it beside the lines before
 * it.
 */
export const pick = (
  state: StockState,
  lines: ReadonlyArray<Line>,
  defaultLocation: LocationId,
  reach: Reach = "sellable"
): ReadonlyArray<PickPlan> => {
  const [first, ...others] = lines
  if (first !== undefined && others.length === 0) return [pickOne(state, first, defaultLocation, reach)]
  const plans: Array<PickPlan> = []
  const numbered = lines.map((line, index) => ({ line, index }))
  for (const group of Map.groupBy(numbered, ({ line }) => line.item).values()) {
    const [only] = group
    if (only !== undefined && group.length === 1) {
      plans[only.index] = pickOne(state, only.line, defaultLocation, reach)
      continue
    }
    const shared = pickTogether(
      state,
      group.map(({ line }) => line),
      defaultLocation,
      reach
    )
    for (const [at, { index }] of group.entries()) plans[index] = shared[at] ?? { found: 0, picks: [] }
  }
  return plans
}

/** The usual case, without the bookkeeping of several lines on one item. */
const pickOne = (state: StockState, line: Line, defaultLocation: LocationId, reach: Reach): PickPlan => {
  const picks: Array<Pick> = []
  let missing: number = line.quantity
  for (const leaf of leavesOf(state, line, defaultLocation, reach)) {
    if (missing === 0) break
    const quantity = Math.min(missing, leaf.available)
    picks.push({ leaf, quantity })
    missing -= quantity
  }
  return { found: line.quantity - missing, picks }
}

/** Lines on one item, which may want the same leaves. */
const pickTogether = (
  state: StockState,
  lines: ReadonlyArray<Line>,
  defaultLocation: LocationId,
  reach: Reach
): ReadonlyArray<PickPlan> => {
  const each = lines.map((line) => new Set(leavesOf(state, line, defaultLocation, reach)))
  const all = new Set(each.flatMap((leaves) => Array.from(leaves)))
  const [first] = lines
  const item = first === undefined ? undefined : state.items.get(first.item)
  const leaves = item === undefined ? [] : Array.from(all).sort(inPickOrder(state, item, defaultLocation))
  const shares = assign(
    lines.map((line) => line.quantity),
    leaves.map((leaf) => leaf.available),
    (demand, cell) => {
      const leaf = leaves[cell]
      return leaf !== undefined && each[demand]?.has(leaf) === true
    }
  )
  return lines.map((_, at) => {
    const picks: Array<Pick> = []
    for (const [cell, leaf] of leaves.entries()) {
      const quantity = shares[at]?.[cell] ?? 0
      if (quantity > 0) picks.push({ leaf, quantity })
    }
    return { found: picks.reduce((sum, { quantity }) => sum + quantity, 0), picks }
  })
}

const leavesOf = (
  state: StockState,
  selector: Selector,
  defaultLocation: LocationId,
  reach: Reach
): Array<WorkingLeaf> => {
  const leaves: Array<WorkingLeaf> = []
  const item = state.items.get(selector.item)
  if (item === undefined) return leaves
  for (const leaf of item.leaves.values()) {
    if (leaf.available > 0 && isInReach(state, item, leaf, selector, reach)) leaves.push(leaf)
  }
  return leaves.length > 1 ? leaves.sort(inPickOrder(state, item, defaultLocation)) : leaves
}

/** Whether a leaf is picked for a selector of its item. */
export const isInReach = (
  state: StockState,
  item: WorkingItem,
  { key }: WorkingLeaf,
  selector: Selector,
  reach: Reach
): boolean => {
  if (!isUnder(key, selector, state.locations)) return false
  const transit = state.organizations.get(item.organization)?.transit
  for (let at: LocationId | null = key.location; at !== null && at !== selector.location; ) {
    const facts = state.locations.get(at)
    if (reach === "sellable" ? facts?.sellable === false : at === transit) return false
    at = facts?.parent ?? null
  }
  return true
}
