import type { HoldLine } from "../stock/Hold.ts"
import { StockHeld } from "../stock/rejections/adjusting.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import type { StockState, WorkingItem } from "./State.ts"

/** The refusal that names what is held at a level, and who holds it; `null` when nothing there is. */
export const heldAt = (state: StockState, item: WorkingItem, selector: Selector): StockHeld | null => {
  let reserved = 0
  let committed = 0
  for (const leaf of item.leaves.values()) {
    if (!isUnder(leaf.key, selector, state.locations)) continue
    reserved += leaf.reserved
    committed += leaf.committed
  }
  if (reserved + committed === 0) return null
  const keeps = (line: HoldLine) =>
    line.item === item.item && line.reserved + line.committed > 0 && isUnder(line, selector, state.locations)
  const holds = new Set<number>()
  // A hold that the batch may have changed is in the state, as it is now; the others are as they were loaded.
  for (const { hold, line } of state.openLines) if (!state.holds.has(hold) && keeps(line)) holds.add(hold)
  for (const hold of state.holds.values()) if (hold.lines.some(keeps)) holds.add(hold.id)
  return new StockHeld({
    item: item.item,
    variation: selector.variation ?? null,
    batch: selector.batch ?? null,
    location: selector.location ?? null,
    reserved,
    committed,
    holds: Array.from(holds)
      .sort((a, b) => b - a)
      .slice(0, namedHolds)
  })
}

/** So many open lines of an item are loaded, the newest, and so many holds named at most. */
export const namedHolds = 50
