import type { LocationId } from "../catalog/Location.ts"
import type { Line } from "../stock/Command.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import { assign } from "./assign.ts"
import type { WorkingItem, WorkingLeaf } from "./State.ts"

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
 * Picks leaves for the lines of one command, each under its selector: the organization's default location first, then
 * locations, variations and batches in order of their ids, none before any. Check, reserve and issue all use this
 * plan. A line is short only if no choice of leaves could serve it beside the lines before it.
 */
export const pick = (
  items: ReadonlyMap<Line["item"], WorkingItem>,
  lines: ReadonlyArray<Line>,
  defaultLocation: LocationId
): ReadonlyArray<PickPlan> => {
  const [first, ...others] = lines
  if (first !== undefined && others.length === 0) return [pickOne(items.get(first.item), first, defaultLocation)]
  const plans: Array<PickPlan> = []
  const numbered = lines.map((line, index) => ({ line, index }))
  for (const [item, group] of Map.groupBy(numbered, ({ line }) => line.item)) {
    const leaves = leavesOf(items.get(item), { item }, defaultLocation)
    const shares = assign(
      group.map(({ line }) => line.quantity),
      leaves.map((leaf) => leaf.available),
      (demand, cell) => {
        const line = group[demand]?.line
        const leaf = leaves[cell]
        return line !== undefined && leaf !== undefined && isUnder(leaf.key, line)
      }
    )
    for (const [at, { index }] of group.entries()) {
      const picks: Array<Pick> = []
      for (const [cell, leaf] of leaves.entries()) {
        const quantity = shares[at]?.[cell] ?? 0
        if (quantity > 0) picks.push({ leaf, quantity })
      }
      plans[index] = { found: picks.reduce((sum, { quantity }) => sum + quantity, 0), picks }
    }
  }
  return plans
}

/** The usual case, without the bookkeeping of several lines. */
const pickOne = (item: WorkingItem | undefined, line: Line, defaultLocation: LocationId): PickPlan => {
  const picks: Array<Pick> = []
  let missing: number = line.quantity
  for (const leaf of leavesOf(item, line, defaultLocation)) {
    if (missing === 0) break
    const quantity = Math.min(missing, leaf.available)
    picks.push({ leaf, quantity })
    missing -= quantity
  }
  return { found: line.quantity - missing, picks }
}

const leavesOf = (
  item: WorkingItem | undefined,
  selector: Selector,
  defaultLocation: LocationId
): Array<WorkingLeaf> => {
  const leaves: Array<WorkingLeaf> = []
  if (item === undefined) return leaves
  for (const leaf of item.leaves.values()) if (leaf.available > 0 && isUnder(leaf.key, selector)) leaves.push(leaf)
  return leaves.length > 1 ? leaves.sort(inPickOrder(defaultLocation)) : leaves
}

const inPickOrder = (defaultLocation: LocationId) => (a: WorkingLeaf, b: WorkingLeaf) =>
  Number(b.key.location === defaultLocation) - Number(a.key.location === defaultLocation) ||
  a.key.location - b.key.location ||
  (a.key.variation ?? 0) - (b.key.variation ?? 0) ||
  (a.key.batch ?? 0) - (b.key.batch ?? 0)
