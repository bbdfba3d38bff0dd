import type { StockState as State } from "../stock/Account.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Decision } from "./Decision.ts"
import type { StockState, WorkingItem } from "./State.ts"

/**
 * Adds the low-stock events of a decision: raised when available falls to or below the threshold from above it (or a
 * new threshold rises over what is there), cleared when a raised alert's cause is gone. An item that never had stock,
 * or never more than its threshold, has not fallen, so it raises nothing.
 */
export const addAlerts = (state: StockState, decision: Decision): void => {
  for (const [item, delta] of availableDeltas(state, decision)) {
    const policy = decision.policies.findLast((changed) => changed.item === item.item)
    const threshold = policy === undefined ? item.lowStockThreshold : policy.lowStockThreshold
    const available = item.totals.available + delta
    const neverStocked = item.openedAt === null
    const wasLow = neverStocked || (item.lowStockThreshold !== null && item.totals.available <= item.lowStockThreshold)
    const isLow = threshold !== null && available <= threshold
    if (!item.alert && !wasLow && isLow) {
      decision.events.push({
        id: decision.nextId++,
        event: { _tag: "LowStockRaised", item: item.item, available, threshold }
      })
    } else if (item.alert && !isLow) {
      decision.events.push({
        id: decision.nextId++,
        event: { _tag: "LowStockCleared", item: item.item, available, threshold }
      })
    }
  }
}

const availableDeltas = (state: StockState, decision: Decision): Map<WorkingItem, number> => {
  const deltas = new Map<WorkingItem, number>()
  for (const movement of decision.movements) {
    const item = state.items.get(movement.item)
    const delta = count(movement.to, movement) - count(movement.from, movement)
    if (item !== undefined && delta !== 0) deltas.set(item, (deltas.get(item) ?? 0) + delta)
  }
  for (const { item } of decision.policies) {
    const found = state.items.get(item)
    if (found !== undefined && !deltas.has(found)) deltas.set(found, 0)
  }
  return deltas
}

const available: State = "available"
const count = (account: Movement["from"], movement: Movement): number =>
  typeof account !== "string" && account.state === available ? movement.quantity : 0
