import type { LevelPolicy, NarrowPolicy } from "../policies/Policy.ts"
import type { ItemDetails } from "../stock/ItemDetails.ts"
import type { Movement } from "../stock/Movement.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import type { Decision } from "./Decision.ts"
import { detailsOf } from "./details.ts"
import { changePolicy } from "./policy.ts"
import type { StockState, WorkingItem } from "./State.ts"

/**
 * Adds the low-stock events of a decision. An alert is raised when available (or available and expected, by the policy)
 * falls to or below the threshold from above it, when a new threshold rises over what is there, or when it was snoozed
 * meanwhile; and cleared when it is above the threshold by more than the hysteresis, or the threshold is gone. An item
 * that never had stock, or never more than its threshold, has not fallen, so it raises nothing. Each narrower policy has
 * an alert of its own.
 */
export const addAlerts = (state: StockState, decision: Decision, now: number): void => {
  if (isUnwatched(state, decision)) return
  // The last of each item: there may be thousands.
  const policies = new Map(decision.policies.map((changed) => [changed.item, changed]))
  for (const [item, delta] of availableDeltas(state, decision)) {
    const policy = policies.get(item.item)
    const threshold = policy === undefined ? item.lowStockThreshold : policy.lowStockThreshold
    const details = detailsOf(state, decision, item.item)
    const levels = details.policy
    const available = item.totals.available + delta + expectedOf(details)
    const before = item.totals.available + expectedOf(item.details)
    const wasLow = item.openedAt === null || (item.lowStockThreshold !== null && before <= item.lowStockThreshold)
    if (threshold === null && !item.alert && levels === undefined) continue
    const turn = turnOf(levels, { threshold, available, wasLow, alert: item.alert }, now)
    if (turn !== null) raise(decision, { item: item.item }, turn, available, threshold)
    if (levels === undefined) continue
    const ended = turn === "raised" ? awake(levels) : levels
    const narrow = levels.narrow?.map((each) => narrowAlert(state, decision, item, each, now))
    const next = narrow === undefined ? ended : { ...ended, narrow }
    const moved = narrow?.some((each, index) => each !== levels.narrow?.[index]) === true
    if (ended !== levels || moved) changePolicy(state, decision, item, next)
  }
}

/** Whether nobody wants to know how much there is of what a decision changes, as usual. */
const isUnwatched = (state: StockState, { policies, details, documents, movements }: Decision): boolean =>
  policies.length === 0 &&
  details === null &&
  documents.length === 0 &&
  movements.every(({ item }) => {
    const known = state.items.get(item)
    return known === undefined || (known.lowStockThreshold === null && !known.alert && known.details === null)
  })

type Turn = "raised" | "cleared" | null

const turnOf = (
  policy: LevelPolicy | undefined,
  at: {
    readonly threshold: number | null
    readonly available: number
    readonly wasLow: boolean
    readonly alert: boolean
  },
  now: number
): Turn => {
  const isLow = at.threshold !== null && at.available <= at.threshold
  if (at.alert)
    return at.threshold === null || at.available > at.threshold + (policy?.hysteresis ?? 0) ? "cleared" : null
  const until = policy?.snoozedUntil
  if (!isLow || (until !== undefined && until > now)) return null
  return !at.wasLow || until !== undefined ? "raised" : null
}

const raise = (
  decision: Decision,
  scope: { readonly item: WorkingItem["item"] },
  turn: "raised" | "cleared",
  available: number,
  threshold: number | null
): void => {
  const id = decision.nextId++
  if (turn === "cleared")
    decision.events.push({ id, event: { _tag: "LowStockCleared", ...scope, available, threshold } })
  else if (threshold !== null) {
    decision.events.push({ id, event: { _tag: "LowStockRaised", ...scope, available, threshold } })
  }
}

/** A narrower policy as the decision leaves it, with its event. */
const narrowAlert = (
  state: StockState,
  decision: Decision,
  item: WorkingItem,
  policy: NarrowPolicy,
  now: number
): NarrowPolicy => {
  const { variation, location, threshold } = policy
  const scope = { ...(variation === null ? {} : { variation }), ...(location === null ? {} : { location }) }
  const known = item.details?.policy?.narrow?.find((each) => each.variation === variation && each.location === location)
  const before = availableUnder(state, item, { item: item.item, ...scope })
  const available = before + deltaUnder(state, decision, { item: item.item, ...scope })
  const wasLow = item.openedAt === null || (known?.threshold != null && before <= known.threshold)
  const turn = turnOf(policy, { threshold, available, wasLow, alert: policy.alert }, now)
  if (turn === null) return policy
  raise(decision, { item: item.item, ...scope }, turn, available, threshold)
  return { ...(turn === "raised" ? awake(policy) : policy), alert: turn === "raised" }
}

const awake = <P extends LevelPolicy>(policy: P): P => {
  if (policy.snoozedUntil === undefined) return policy
  const { snoozedUntil: _, ...others } = policy
  return others as P
}

const expectedOf = (details: ItemDetails | null): number =>
  details?.policy?.basis === "availableAndExpected" ? (details.expected ?? 0) : 0

const availableUnder = (state: StockState, item: WorkingItem, selector: Selector): number => {
  let sum = 0
  for (const leaf of item.leaves.values()) if (isUnder(leaf.key, selector, state.locations)) sum += leaf.available
  return sum
}

const deltaUnder = (state: StockState, decision: Decision, selector: Selector): number => {
  let sum = 0
  for (const movement of decision.movements) {
    if (movement.item !== selector.item) continue
    for (const [end, sign] of [[movement.to, 1] as const, [movement.from, -1] as const]) {
      if (typeof end === "string" || end.state !== "available") continue
      if (isUnder({ item: movement.item, ...end }, selector, state.locations)) sum += sign * movement.quantity
    }
  }
  return sum
}

const availableDeltas = (state: StockState, decision: Decision): Map<WorkingItem, number> => {
  const deltas = new Map<WorkingItem, number>()
  for (const movement of decision.movements) {
    const item = state.items.get(movement.item)
    if (item === undefined) continue
    const delta = count(movement.to, movement) - count(movement.from, movement)
    // A move within the item changes what its narrower policies see.
    if (delta !== 0 || item.details?.policy !== undefined) deltas.set(item, (deltas.get(item) ?? 0) + delta)
  }
  const touch = (id: WorkingItem["item"]) => {
    const item = state.items.get(id)
    if (item !== undefined && !deltas.has(item)) deltas.set(item, 0)
  }
  for (const { item } of decision.policies) touch(item)
  for (const item of decision.details?.keys() ?? []) touch(item)
  for (const { kind, items } of decision.documents) if (kind === "supply") for (const item of items) touch(item)
  return deltas
}

const count = (account: Movement["from"], movement: Movement): number =>
  typeof account !== "string" && account.state === "available" ? movement.quantity : 0
