import type { LocationId } from "../catalog/Location.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import type { OutsideAccount } from "../stock/Account.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Selector, StockKey } from "../stock/StockKey.ts"
import { type Booking, book, landing } from "./book.ts"
import { costDetails } from "./details.ts"
import { homeOf } from "./home.ts"
import { barOf } from "./lapse.ts"
import { leafName } from "./State.ts"

/**
 * Books units that are not there, as far as the item's policy lets available fall below zero, over all and at the leaf
 * where they are booked: the one the line names, or the default location's. Whether it could. Ask after all that is
 * there was booked.
 */
export const overdraw = (
  booking: Booking,
  line: Selector & { readonly unitCost?: UnitCost },
  quantity: number,
  to: OutsideAccount,
  defaultLocation: LocationId
): boolean => {
  const item = booking.state.items.get(line.item)
  if (item === undefined || item.negativeLimit === 0) return false
  const key = landing(item, line, homeOf(booking.state, item, defaultLocation))
  if (barOf(item, key.batch, booking.now) !== null) return false
  const over = item.totals.available + moved(booking, (at) => at.item === line.item) - quantity
  const leaf = item.leaves.get(leafName(key.location, key.variation, key.batch))?.available ?? 0
  const there = leaf + moved(booking, (at) => sameLeaf(at, key)) - quantity
  if (Math.min(over, there) < -item.negativeLimit) return false
  book(booking, key, "available", to, quantity, null, costDetails(line))
  return true
}

const sameLeaf = (a: StockKey, b: StockKey): boolean =>
  a.item === b.item && a.location === b.location && a.variation === b.variation && a.batch === b.batch

/** What the command's movements so far did to what is available at some places. */
const moved = ({ decision }: Booking, at: (key: StockKey) => boolean): number => {
  const count = (end: Movement["from"], { item, quantity }: Movement): number =>
    typeof end !== "string" && end.state === "available" && at({ item, ...end }) ? quantity : 0
  return decision.movements.reduce((sum, each) => sum + count(each.to, each) - count(each.from, each), 0)
}
