import type { LocationId } from "../catalog/Location.ts"
import type { StockState as State } from "../stock/Account.ts"
import type { Line } from "../stock/Command.ts"
import { byKey, isUnder } from "../stock/StockKey.ts"
import { assign } from "./assign.ts"
import type { Pick, PickPlan } from "./pick.ts"
import type { StockState, WorkingLeaf } from "./State.ts"
import { atSerials } from "./serials.ts"

/**
 * Draws units of one state for the lines of a command from any leaf under their selectors: expired, recalled and closed
 * ones as well, for what is drawn here is not sold. Leaves that are to be `last` are, otherwise the default location comes
 * first, then ids in order. A line is
 * short only if no choice of leaves could serve it beside the lines before it.
 */
export const draw = (
  state: StockState,
  lines: ReadonlyArray<Line>,
  from: State,
  defaultLocation: LocationId,
  last: (leaf: WorkingLeaf) => boolean = () => false
): ReadonlyArray<PickPlan> => {
  const plans = lines.map(() => ({ found: 0, picks: [] as Pick[] }))
  const numbered = atSerials(state, lines)
  for (const [item, group] of Map.groupBy(numbered, ({ line }) => line.item)) {
    const leaves = Array.from(state.items.get(item)?.leaves.values() ?? [])
      .filter((leaf) => leaf[from] > 0)
      .sort((a, b) => Number(last(a)) - Number(last(b)) || inOrder(defaultLocation)(a, b))
    const shares = assign(
      group.map(({ line }) => line.quantity),
      leaves.map((leaf) => leaf[from]),
      (demand, cell) => {
        const line = group[demand]?.line
        const leaf = leaves[cell]
        return line !== undefined && leaf !== undefined && isUnder(leaf.key, line, state.locations)
      }
    )
    for (const [at, { index }] of group.entries()) {
      for (const [cell, leaf] of leaves.entries()) {
        const quantity = shares[at]?.[cell] ?? 0
        const plan = plans[index]
        if (quantity === 0 || plan === undefined) continue
        plan.found += quantity
        plan.picks.push({ leaf, quantity })
      }
    }
  }
  return plans
}

/** By location, the default one first, then by variation and batch, none before any. */
export const inOrder = (defaultLocation: LocationId) => (a: WorkingLeaf, b: WorkingLeaf) =>
  Number(b.key.location === defaultLocation) - Number(a.key.location === defaultLocation) || byKey(a.key, b.key)
