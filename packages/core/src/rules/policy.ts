import { Result } from "effect"
import type { ItemPolicy, LevelPolicy, NarrowPolicy } from "../policies/Policy.ts"
import type { CommandOf } from "../stock/Command.ts"
import type { PolicyState } from "../stock/events/policies.ts"
import { AlreadyOpen, type Rejection } from "../stock/Rejection.ts"
import { NegativeLimitInUse, UnknownPolicy } from "../stock/rejections/policies.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { changeDetails, detailsOf } from "./details.ts"
import { checkPlaces, findItem } from "./guard.ts"
import type { StockState, WorkingItem } from "./State.ts"

type SetPolicy = CommandOf<"SetPolicy">
type Scope = Pick<SetPolicy, "item" | "variation" | "location">

/** SetPolicy: the fields said are so from now on. The same policy again changes nothing. */
export const decideSetPolicy = (state: StockState, command: SetPolicy): Result.Result<Decision, Rejection> => {
  const found = findItem(state, command.organization, command.item)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const item = found.success
  const places = (command.pickLocations ?? []).map((location) => ({ item: command.item, location }))
  if (isNarrow(command) || places.length > 0) {
    const checked = checkPlaces(state, command.organization, [scopeOf(command), ...places])
    if (Result.isFailure(checked)) return Result.fail(checked.failure)
  }
  const decision = emptyDecision(state)
  const policy = detailsOf(state, decision, command.item).policy ?? {}
  return isNarrow(command)
    ? Result.succeed(setNarrow(state, decision, command, policy))
    : setWhole(state, decision, command, item, policy)
}

const setWhole = (
  state: StockState,
  decision: Decision,
  command: SetPolicy,
  item: WorkingItem,
  policy: ItemPolicy
): Result.Result<Decision, Rejection> => {
  const { lowStockThreshold = item.lowStockThreshold, negativeLimit = item.negativeLimit } = command
  const owed = owedBy(item)
  if (owed > negativeLimit) {
    return Result.fail(new NegativeLimitInUse({ item: item.item, owed, requested: negativeLimit }))
  }
  const next = merged<ItemPolicy>(policy, {
    ...levelsOf(command),
    pickOrder: command.pickOrder,
    pickLocations: command.pickLocations?.length === 0 ? null : command.pickLocations,
    backorderLimit: undefined
  })
  const { backorderLimit: _, ...others } = next
  const limit = command.backorderLimit === undefined ? policy.backorderLimit : command.backorderLimit
  const floor = Math.max(policy.lowestFloor ?? 0, negativeLimit)
  const after: ItemPolicy = {
    ...others,
    ...(limit === undefined || limit === 0 ? {} : { backorderLimit: limit }),
    ...(floor === 0 ? {} : { lowestFloor: floor })
  }
  const was = { lowStockThreshold: item.lowStockThreshold, ...spoken(policy), negativeLimit: item.negativeLimit }
  const is = { lowStockThreshold, ...spoken(after), negativeLimit }
  if (same(was, is)) return Result.succeed(decision)
  if (lowStockThreshold !== item.lowStockThreshold || negativeLimit !== item.negativeLimit) {
    decision.policies.push({ item: item.item, lowStockThreshold, negativeLimit })
  }
  if (!same(policy, after)) changePolicy(state, decision, item, after)
  changed(decision, command, was, is)
  return Result.succeed(decision)
}

const setNarrow = (state: StockState, decision: Decision, command: SetPolicy, policy: ItemPolicy): Decision => {
  const item = state.items.get(command.item)
  const { variation = null, location = null } = command
  const known = policy.narrow?.find((each) => each.variation === variation && each.location === location)
  const { threshold: before, alert = false, ...levels } = known ?? { variation, location, threshold: null }
  const threshold = command.lowStockThreshold === undefined ? before : command.lowStockThreshold
  const next: NarrowPolicy = { ...merged<NarrowPolicy>({ ...levels, threshold, alert }, levelsOf(command)) }
  const was = { lowStockThreshold: before, ...spoken(levels) }
  const is = { lowStockThreshold: threshold, ...spoken(next) }
  if (item === undefined || same(was, is)) return decision
  const others = (policy.narrow ?? []).filter((each) => each !== known)
  // A policy that says nothing is none; with a raised alert it stays until that is cleared.
  const empty = threshold === null && !alert && Object.keys(spoken(next)).length === 0
  const narrow = empty ? others : [...others, next]
  const { narrow: _, ...rest } = policy
  changePolicy(state, decision, item, narrow.length === 0 ? rest : { ...rest, narrow })
  changed(decision, command, was, is)
  return decision
}

/** SnoozeAlert: no alert of the policy is raised until then. One raised before stays. */
export const decideSnoozeAlert = (
  state: StockState,
  command: CommandOf<"SnoozeAlert">
): Result.Result<Decision, Rejection> => {
  const found = findItem(state, command.organization, command.item)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const decision = emptyDecision(state)
  const policy = detailsOf(state, decision, command.item).policy ?? {}
  const { variation = null, location = null } = command
  const snooze = <P extends LevelPolicy>(each: P): P => {
    const { snoozedUntil: _, ...others } = each
    return (command.until === null ? others : { ...others, snoozedUntil: command.until }) as P
  }
  if (!isNarrow(command)) {
    changePolicy(state, decision, found.success, snooze(policy))
    return Result.succeed(decision)
  }
  const narrow = policy.narrow ?? []
  const known = narrow.find((each) => each.variation === variation && each.location === location)
  if (known === undefined) return Result.fail(new UnknownPolicy({ item: command.item, variation, location }))
  const next = narrow.map((each) => (each === known ? snooze(each) : each))
  changePolicy(state, decision, found.success, { ...policy, narrow: next })
  return Result.succeed(decision)
}

/** Writes an item's policy into its details. */
export const changePolicy = (state: StockState, decision: Decision, item: WorkingItem, policy: ItemPolicy): void =>
  changeDetails(state, decision, item.item, { policy: Object.keys(policy).length === 0 ? undefined : policy })

/** Units that the item, or the worst of its leaves, has fallen below zero. */
const owedBy = (item: WorkingItem): number => {
  let lowest = Math.min(0, item.totals.available)
  for (const leaf of item.leaves.values()) lowest = Math.min(lowest, leaf.available)
  return -lowest
}

const isNarrow = ({ variation, location }: Scope): boolean => variation !== undefined || location !== undefined

const scopeOf = ({ item, variation, location }: Scope) => ({
  item,
  ...(variation === undefined ? {} : { variation }),
  ...(location === undefined ? {} : { location })
})

const levelsOf = (command: SetPolicy) => ({
  reorderPoint: command.reorderPoint,
  reorderQuantity: command.reorderQuantity,
  safetyStock: command.safetyStock,
  maximum: command.maximum,
  leadTimeDays: command.leadTimeDays,
  hysteresis: command.hysteresis === 0 ? null : command.hysteresis,
  basis: command.basis === "available" ? null : command.basis
})

/** The fields of a policy with those said changed and those that are `null` taken away. */
const merged = <P extends object>(policy: P, change: { readonly [field: string]: unknown }): P => {
  const next = new Map<string, unknown>(Object.entries(policy))
  for (const [field, value] of Object.entries(change)) {
    if (value === null) next.delete(field)
    else if (value !== undefined) next.set(field, value)
  }
  return Object.fromEntries(next) as P
}

/** What a policy says, without what the rules keep in it. */
const spoken = (policy: ItemPolicy & Partial<NarrowPolicy>): Omit<PolicyState, "lowStockThreshold"> => {
  const {
    narrow: _,
    variation: __,
    location: ___,
    threshold: ____,
    alert: _____,
    snoozedUntil: ______,
    ...said
  } = policy
  return said
}

/** In one order of fields, and with none that is undefined. */
const same = (a: object, b: object): boolean => canonical(a) === canonical(b)
const canonical = (value: object): string =>
  JSON.stringify(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)))

const changed = (decision: Decision, command: SetPolicy, before: PolicyState, after: PolicyState): void => {
  decision.events.push({
    id: decision.nextId++,
    event: {
      _tag: "PolicyChanged",
      ...scopeOf(command),
      lowStockThreshold: after.lowStockThreshold,
      before,
      after
    }
  })
}

/** Open: the item's stock record begins, with no stock yet. */
export const decideOpen = (state: StockState, command: CommandOf<"Open">): Result.Result<Decision, Rejection> => {
  const item = findItem(state, command.organization, command.item)
  if (Result.isFailure(item)) return Result.fail(item.failure)
  if (item.success.openedAt !== null) return Result.fail(new AlreadyOpen({ item: command.item }))
  const decision = emptyDecision(state)
  decision.opened.push(command.item)
  return Result.succeed(decision)
}
