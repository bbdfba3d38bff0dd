import type { LocationId } from "../catalog/Location.ts"
import type { OutsideAccount, StockState as State } from "../stock/Account.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { HoldId } from "../stock/Hold.ts"
import type { Movement, MovementContext } from "../stock/Movement.ts"
import { InsufficientStock, QuantityOverflow, type Rejection } from "../stock/Rejection.ts"
import { type Selector, type StockKey, selectorLevel } from "../stock/StockKey.ts"
import type { Decision } from "./Decision.ts"
import type { WorkingItem } from "./State.ts"

/** What all movements of one command share. */
export interface Booking {
  readonly decision: Decision
  readonly command: SingleCommand
  readonly context: MovementContext
  readonly now: number
}

const inside = (key: StockKey, state: State): Movement["from"] => ({
  state,
  variation: key.variation,
  batch: key.batch,
  location: key.location
})

/** Writes one movement into the decision. */
export const book = (
  booking: Booking,
  key: StockKey,
  from: OutsideAccount | State,
  to: OutsideAccount | State,
  quantity: number,
  hold: HoldId | null
): void => {
  booking.decision.movements.push({
    id: booking.decision.nextId++,
    organization: booking.command.organization,
    item: key.item,
    from: isOutside(from) ? from : inside(key, from),
    to: isOutside(to) ? to : inside(key, to),
    quantity,
    cause: booking.command._tag,
    hold,
    at: booking.now,
    ...booking.context
  })
}

const isOutside = (end: OutsideAccount | State): end is OutsideAccount =>
  end === "supplier" || end === "customer" || end === "adjustment" || end === "loss"

/** Where stock that is added under a selector comes to lie. */
export const landing = (selector: Selector, defaultLocation: LocationId): StockKey => ({
  item: selector.item,
  variation: selector.variation ?? null,
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
  incoming: Map<WorkingItem, number>
): Rejection | null => {
  const { available, reserved, committed, quarantined } = item.totals
  const before = incoming.get(item) ?? 0
  if (!Number.isSafeInteger(available + reserved + committed + quarantined + before + quantity)) {
    return new QuantityOverflow({ item: item.item, limit: Number.MAX_SAFE_INTEGER })
  }
  incoming.set(item, before + quantity)
  book(booking, key, from, "available", quantity, null)
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
