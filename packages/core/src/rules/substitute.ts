import { Result } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import type { Hold, HoldLine } from "../stock/Hold.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { BatchExpired, BatchQuarantined } from "../stock/rejections/lot.ts"
import { barOf } from "./lapse.ts"
import { isInReach, type Pick } from "./pick.ts"
import { inPickOrder } from "./pickOrder.ts"
import type { StockState, WorkingLeaf } from "./State.ts"

/** The rejection of units that may not be sold. */
export const barred = (
  bar: "expired" | "quarantined",
  item: number,
  batch: BatchId,
  hold: number | null,
  requested: number,
  available: number
): Rejection => {
  const fields = { item, batch, hold, requested, available }
  return bar === "expired" ? new BatchExpired(fields) : new BatchQuarantined(fields)
}

/**
 * Picks good stock to go out in the place of held units whose batch has expired or was quarantined since: of the same
 * item and variation, from where the hold keeps them first, then by the item's pick order. `taken` is what was picked
 * before, for the same command.
 */
export const substitutes = (
  state: StockState,
  hold: Hold,
  line: HoldLine,
  quantity: number,
  taken: Map<WorkingLeaf, number>,
  now: number
): Result.Result<ReadonlyArray<Pick>, Rejection> => {
  const item = state.items.get(line.item)
  const bar = item === undefined ? null : barOf(item, line.batch, now)
  if (item === undefined || line.batch === null || bar === null) return Result.succeed([])
  const leaves = Array.from(item.leaves.values())
    .filter((leaf) => leaf.key.variation === line.variation && barOf(item, leaf.key.batch, now) === null)
    .filter(
      (leaf) => leaf.key.location === line.location || isInReach(state, item, leaf, { item: line.item }, "sellable")
    )
    .sort(inPickOrder(state, item, line.location))
  const picks: Array<Pick> = []
  let missing = quantity
  for (const leaf of leaves) {
    const before = taken.get(leaf) ?? 0
    const units = Math.min(missing, leaf.available - before)
    if (units <= 0) continue
    picks.push({ leaf, quantity: units })
    missing -= units
    taken.set(leaf, before + units)
  }
  return missing === 0
    ? Result.succeed(picks)
    : Result.fail(barred(bar, line.item, line.batch, hold.id, quantity, quantity - missing))
}
