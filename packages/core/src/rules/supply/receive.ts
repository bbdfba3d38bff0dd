import { Result } from "effect"
import { type Supply, type SupplyLine, stillExpected } from "../../documents/Supply.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { Quantity } from "../../stock/Quantity.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { OverReceipt, SupplyClosed, UnknownSupplyLine } from "../../stock/rejections/supplies.ts"
import { TransitLocation } from "../../stock/rejections/transfers.ts"
import type { Selector } from "../../stock/StockKey.ts"
import { bringIn, landing, startBooking } from "../book.ts"
import { contextOf, type Decision } from "../Decision.ts"
import { costDetails } from "../details.ts"
import { checkPlaces, findItem } from "../guard.ts"
import type { StockState, WorkingItem } from "../State.ts"
import { findSupply, nextDue, putSupply } from "./progress.ts"

type Receipt = NonNullable<CommandOf<"ReceiveSupply">["lines"]>[number]

/**
 * ReceiveSupply: stock comes in from the supplier at the leaves of its lines, or where the receipt says. A supply of
 * which everything came may still bring more, line by line, within its tolerance.
 */
export const decideReceiveSupply = (
  state: StockState,
  command: CommandOf<"ReceiveSupply">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findSupply(state, command.organization, command.supply)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const supply = found.success
  const { id, reference, status } = supply
  if (status !== "open" && (status !== "received" || command.lines === undefined)) {
    return Result.fail(new SupplyClosed({ supply: id, reference, status }))
  }
  const receipts = command.lines ?? all(supply)
  for (const { line, item } of receipts) {
    if (supply.lines[line]?.item !== item) return Result.fail(new UnknownSupplyLine({ supply: id, line, item }))
  }
  const parts = receipts.flatMap((receipt) => {
    const line = supply.lines[receipt.line]
    return line === undefined ? [] : [{ receipt, line, selector: selectorOf(line, receipt) }]
  })
  const selectors = parts.map(({ selector }) => selector)
  const places = checkPlaces(state, command.organization, selectors)
  if (Result.isFailure(places)) return Result.fail(places.failure)
  const transit = state.organizations.get(command.organization)?.transit
  if (transit !== undefined && selectors.some(({ location }) => location === transit)) {
    return Result.fail(new TransitLocation({ location: transit }))
  }

  const booking = startBooking(
    state,
    command,
    now,
    contextOf({ ...command, reference: command.reference ?? reference })
  )
  const lines = supply.lines.map((line) => ({ ...line }))
  const incoming = new Map<WorkingItem, number>()
  for (const { receipt, selector } of parts) {
    const line = lines[receipt.line]
    if (line === undefined) continue
    const over = overReceipt(supply, line, receipt)
    if (over !== null) return Result.fail(over)
    const item = findItem(state, command.organization, line.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const cost = receipt.unitCost ?? line.unitCost
    const details = { document: id, ...costDetails(cost === null ? {} : { unitCost: cost }) }
    const key = landing(item.success, selector, line.location)
    const overflow = bringIn(booking, item.success, key, "supplier", receipt.quantity, incoming, details)
    if (overflow !== null) return Result.fail(overflow)
    line.received += receipt.quantity
  }
  const isWhole = lines.every(({ quantity, received }) => received >= quantity)
  const after: Supply = { ...supply, lines, status: isWhole ? "received" : "open", updatedAt: now }
  const overflow = putSupply(state, booking.decision, supply, { ...after, dueAt: nextDue(after) })
  return overflow === null ? Result.succeed(booking.decision) : Result.fail(overflow)
}

/** Receipts of all that is still expected. */
const all = (supply: Supply): ReadonlyArray<Receipt> =>
  supply.lines.flatMap((line) => {
    const units = stillExpected(supply, line)
    return units === 0
      ? []
      : [{ line: line.line, item: line.item, quantity: Quantity.make(units, { disableChecks: true }) }]
  })

const selectorOf = (line: SupplyLine, receipt: Receipt): Selector => {
  // A batch brings its own variation along; the line's stands only beside the line's own batch.
  const variation = receipt.variation ?? (receipt.batch === undefined ? line.variation : null)
  const batch = receipt.batch ?? (receipt.variation === undefined ? line.batch : null)
  return {
    item: line.item,
    location: receipt.location ?? line.location,
    ...(variation === null ? {} : { variation }),
    ...(batch === null ? {} : { batch })
  }
}

const overReceipt = (supply: Supply, line: SupplyLine, { quantity: requested }: Receipt): OverReceipt | null => {
  const { item, quantity: expected, received } = line
  const tolerated = toleratedUnits(supply, line)
  return received + requested <= expected + tolerated
    ? null
    : new OverReceipt({ supply: supply.id, line: line.line, item, expected, received, requested, tolerated })
}

/** How many units more than expected a line may bring. */
const toleratedUnits = ({ tolerance }: Supply, { quantity }: SupplyLine): number =>
  tolerance === null
    ? 0
    : "units" in tolerance
      ? tolerance.units
      : Number((BigInt(quantity) * BigInt(tolerance.percent)) / 100n)
