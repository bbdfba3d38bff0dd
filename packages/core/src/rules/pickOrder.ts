import type { LocationId } from "../catalog/Location.ts"
import { byKey, isWithin, type StockKey } from "../stock/StockKey.ts"
import type { StockState, WorkingItem, WorkingLeaf } from "./State.ts"

type Compare = (a: StockKey, b: StockKey) => number

/**
 * The order in which an item's leaves are picked, by its policy; see `PickOrder`. The last tie goes by variation and
 * batch id, none before any.
 */
export const inPickOrder = (
  state: StockState,
  item: WorkingItem,
  firstLocation: LocationId
): ((a: WorkingLeaf, b: WorkingLeaf) => number) => {
  const byAge = ageOrder(item)
  const byPlace = placeOrder(state, item, firstLocation)
  return (a, b) => byAge(a.key, b.key) || byPlace(a.key, b.key)
}

/** Lower is picked first. */
const ageOrder = (item: WorkingItem): Compare => {
  const rank = ageOf(item)
  return (a, b) => {
    const left = rank(a)
    const right = rank(b)
    return left === right ? 0 : left < right ? -1 : 1
  }
}

const ageOf = (item: WorkingItem): ((key: StockKey) => number) => {
  if (item.batches.size === 0) return () => 0
  const facts = ({ batch }: StockKey) => (batch === null ? undefined : item.batches.get(batch))
  switch (item.details?.policy?.pickOrder ?? "fefo") {
    case "fefo":
      return (key) => {
        const batch = facts(key)
        return batch?.expiresAt ?? batch?.bestBefore ?? Number.POSITIVE_INFINITY
      }
    case "fifo":
      return (key) => facts(key)?.createdAt ?? Number.POSITIVE_INFINITY
    case "lifo":
      return (key) => -(facts(key)?.createdAt ?? Number.NEGATIVE_INFINITY)
    case "location":
    case "explicit":
      return () => 0
  }
}

const placeOrder = (state: StockState, item: WorkingItem, firstLocation: LocationId): Compare => {
  const preferred = item.details?.policy?.pickLocations ?? []
  const rank = ({ location }: StockKey): number => {
    const at = preferred.findIndex((outer) => isWithin(location, outer, state.locations))
    return at === -1 ? preferred.length : at
  }
  return (a, b) =>
    (preferred.length === 0 ? 0 : rank(a) - rank(b)) ||
    Number(b.location === firstLocation) - Number(a.location === firstLocation) ||
    byKey(a, b)
}
