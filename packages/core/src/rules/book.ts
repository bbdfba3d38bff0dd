import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OutsideAccount, StockState as State } from "../stock/Account.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { HoldId } from "../stock/Hold.ts"
import { noLevels, onHand } from "../stock/Levels.ts"
import type { Movement, MovementContext, MovementDetails } from "../stock/Movement.ts"
import { InsufficientStock, QuantityOverflow, type Rejection } from "../stock/Rejection.ts"
import { type Selector, type StockKey, selectorLevel } from "../stock/StockKey.ts"
import { contextOf, type Decision, emptyDecision } from "./Decision.ts"
import { barOf } from "./lapse.ts"
import type { StockState, WorkingItem } from "./State.ts"

/** The movements of one command while they are written down. */
export interface Booking {
  readonly decision: Decision
  readonly command: SingleCommand
  /** What the movements say caused them. */
  readonly cause: string
  readonly context: MovementContext
  /** The command's business date, when it says one. */
  readonly effectiveAt: number | null
  readonly now: number
  readonly state: StockState
  /** Units of each item moved, as far as the movements booked so far left them. */
  readonly running: Running
}

/** Units of one item. */
interface Units {
  available: number
  onHand: number
}

/** Units of each item that a command is about. Most are about one, which needs no map. */
interface Running {
  first: { readonly item: ItemId; readonly units: Units } | null
  others: Map<ItemId, Units> | null
}

/** Starts the movements of a command. */
export const startBooking = (
  state: StockState,
  command: SingleCommand,
  now: number,
  context: MovementContext = contextOf(command)
): Booking => ({
  decision: emptyDecision(state),
  command,
  cause: command._tag,
  context,
  effectiveAt: "effectiveAt" in command ? (command.effectiveAt ?? null) : null,
  now,
  state,
  running: { first: null, others: null }
})

const inside = (key: StockKey, state: State): Movement["from"] => ({
  state,
  variation: key.variation,
  batch: key.batch,
  location: key.location
})

/**
 * Writes one movement into the decision, and what it leaves of the item; `destination` is for one to another leaf. What
 * would become available of a batch that is expired or quarantined goes to quarantine instead, whatever brought it.
 */
export const book = (
  booking: Booking,
  key: StockKey,
  from: OutsideAccount | State,
  wanted: OutsideAccount | State,
  quantity: number,
  hold: HoldId | null,
  details: MovementDetails | null = null,
  destination: StockKey = key
): void => {
  const { decision, command, cause, context, effectiveAt, now } = booking
  const to = wanted === "available" && key.batch !== null ? arrival(booking, key) : wanted
  const left = runningOf(booking, key.item)
  const fromOutside = isOutside(from)
  const toOutside = isOutside(to)
  if (from === "available") left.available -= quantity
  if (to === "available") left.available += quantity
  if (fromOutside) left.onHand += quantity
  if (toOutside) left.onHand -= quantity
  decision.movements.push({
    id: decision.nextId++,
    organization: command.organization,
    item: key.item,
    from: fromOutside ? from : inside(key, from),
    to: toOutside ? to : inside(destination, to),
    quantity,
    availableAfter: left.available,
    onHandAfter: left.onHand,
    cause,
    hold,
    at: now,
    reason: context.reason,
    reference: context.reference,
    note: context.note,
    actor: context.actor,
    details: effectiveAt === null ? details : { ...details, effectiveAt }
  })
}

const arrival = ({ state, now }: Booking, key: StockKey): State => {
  const item = state.items.get(key.item)
  return item !== undefined && barOf(item, key.batch, now) !== null ? "quarantined" : "available"
}

/** Units of an item, as far as the movements booked so far left them. */
export const runningOf = ({ running, state }: Booking, item: ItemId): Units => {
  const { first, others } = running
  const known = first?.item === item ? first.units : others?.get(item)
  if (known !== undefined) return known
  const totals = state.items.get(item)?.totals ?? noLevels
  const units = { available: totals.available, onHand: onHand(totals) }
  if (first === null) running.first = { item, units }
  else {
    running.others ??= new Map()
    running.others.set(item, units)
  }
  return units
}

const isOutside = (end: OutsideAccount | State): end is OutsideAccount =>
  end === "supplier" || end === "customer" || end === "adjustment" || end === "loss"

/** Where stock that is added under a selector of an item comes to lie; a batch of a variation brings it along. */
export const landing = (item: WorkingItem, selector: Selector, defaultLocation: LocationId): StockKey => ({
  item: selector.item,
  variation:
    selector.variation ?? (selector.batch === undefined ? null : (item.batches.get(selector.batch)?.variation ?? null)),
  batch: selector.batch ?? null,
  location: selector.location ?? defaultLocation
})

/** Books stock from outside, available. `incoming` counts what earlier lines of the command added to each item. */
export const bringIn = (
  booking: Booking,
  item: WorkingItem,
  key: StockKey,
  from: OutsideAccount,
  quantity: number,
  incoming: Map<WorkingItem, number>,
  details: MovementDetails | null = null
): Rejection | null => {
  const { available, reserved, committed, quarantined } = item.totals
  const before = incoming.get(item) ?? 0
  if (!Number.isSafeInteger(available + reserved + committed + quarantined + before + quantity)) {
    return new QuantityOverflow({ item: item.item, limit: Number.MAX_SAFE_INTEGER })
  }
  incoming.set(item, before + quantity)
  book(booking, key, from, "available", quantity, null, details)
  return null
}

/** The rejection that says where a line was short. */
export const insufficient = (
  selector: Selector,
  available: number,
  requested: number,
  line: number
): InsufficientStock =>
  new InsufficientStock({
    level: selectorLevel(selector),
    item: selector.item,
    variation: selector.variation ?? null,
    batch: selector.batch ?? null,
    location: selector.location ?? null,
    available,
    requested,
    line
  })
