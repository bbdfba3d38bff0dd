import type { LocationId } from "../catalog/Location.ts"
import type { Line } from "../stock/Command.ts"
import { LeafNotNamed } from "../stock/rejections/policies.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import { assign } from "./assign.ts"
import { homeOf } from "./home.ts"
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
  const wanted = Math.min(line.quantity, uncovered(state, line.item))
  let missing = wanted
  for (const leaf of leavesOf(state, line, defaultLocation, reach)) {
    if (missing === 0) break
    const quantity = Math.min(missing, leaf.available)
    picks.push({ leaf, quantity })
    missing -= quantity
  }
  return { found: wanted - missing, picks }
}

/** Units there are to pick at most: where a leaf is below zero, what is elsewhere covers it first. */
const uncovered = (state: StockState, id: Line["item"]): number => {
  const item = state.items.get(id)
  return item === undefined || item.negativeLimit === 0 ? Number.POSITIVE_INFINITY : Math.max(0, item.totals.available)
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
  const leaves =
    item === undefined ? [] : Array.from(all).sort(inPickOrder(state, item, homeOf(state, item, defaultLocation)))
  let left = first === undefined ? 0 : uncovered(state, first.item)
  const wanted = lines.map((line) => {
    const quantity = Math.min(line.quantity, left)
    left -= quantity
    return quantity
  })
  const shares = assign(
    wanted,
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
  return leaves.length > 1 ? leaves.sort(inPickOrder(state, item, homeOf(state, item, defaultLocation))) : leaves
}

/** Where an item's policy has every pick named, a line is refused that more than one leaf fits. */
export const checkNamed = (state: StockState, lines: ReadonlyArray<Selector>): LeafNotNamed | null => {
  let line = -1
  for (const selector of lines) {
    line += 1
    const item = state.items.get(selector.item)
    if (item?.details?.policy?.pickOrder !== "explicit") continue
    const fitting = Array.from(item.leaves.values()).filter(
      (leaf) => leaf.available > 0 && isInReach(state, item, leaf, selector, "sellable")
    )
    if (fitting.length > 1) return new LeafNotNamed({ item: selector.item, line, leaves: fitting.length })
  }
  return null
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
  const transit = reach === "sellable" ? null : state.organizations.get(item.organization)?.transit
  for (let at: LocationId | null = key.location; at !== null && at !== selector.location; ) {
    const facts = state.locations.get(at)
    if (transit === null ? facts?.sellable === false : at === transit) return false
    at = facts?.parent ?? null
  }
  return true
}
