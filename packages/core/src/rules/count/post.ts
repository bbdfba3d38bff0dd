import { Result } from "effect"
import type { Count, CountLine } from "../../documents/Count.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { InactiveItem, InactiveLocation, type Rejection } from "../../stock/Rejection.ts"
import { CountShortage, StaleCountLine } from "../../stock/rejections/counts.ts"
import { type Booking, book, bringIn, startBooking } from "../book.ts"
import { contextOf, type Decision, emptyDecision } from "../Decision.ts"
import { heldAt } from "../held.ts"
import { checkReason } from "../reason.ts"
import { leafName, type StockState, type WorkingItem } from "../State.ts"
import { findOpenCount, putCount } from "./progress.ts"

/**
 * PostCount: each counted leaf changes by the difference found when it was counted, so that what moved since stays.
 * What is missing is taken from what is available, then from quarantine; held units are left to who holds them.
 */
export const decidePostCount = (
  state: StockState,
  command: CommandOf<"PostCount">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findOpenCount(state, command.organization, command.count)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const count = found.success
  const differing = count.lines.filter(({ difference }) => difference !== null && difference !== 0)
  for (const { item, location } of differing) {
    if (state.items.get(item)?.active !== true) return Result.fail(new InactiveItem({ item }))
    if (state.locations.get(location)?.active !== true) return Result.fail(new InactiveLocation({ location }))
  }
  const unknown = checkReason(state, command.organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)
  const stale = command.acceptStale === true ? undefined : count.lines.find(({ moved }) => moved !== 0)
  if (stale !== undefined) return Result.fail(staleLine(count, stale))

  const context = contextOf({
    ...command,
    reason: command.reason ?? "count",
    reference: command.reference ?? count.reference
  })
  const booking = startBooking(state, command, now, context)
  const incoming = new Map<WorkingItem, number>()
  for (const line of differing) {
    const item = state.items.get(line.item)
    const difference = line.difference ?? 0
    if (item === undefined) continue
    const rejected =
      difference > 0
        ? bringIn(booking, item, line, "adjustment", difference, incoming, { document: count.id })
        : takeOut(booking, count, item, line, -difference)
    if (rejected !== null) return Result.fail(rejected)
  }
  putCount(booking.decision, count, { ...count, status: "posted", updatedAt: now, postedAt: now })
  return Result.succeed(booking.decision)
}

const takeOut = (
  booking: Booking,
  count: Count,
  item: WorkingItem,
  line: CountLine,
  missing: number
): Rejection | null => {
  const leaf = item.leaves.get(leafName(line.location, line.variation, line.batch))
  const available = Math.max(0, leaf?.available ?? 0)
  const quarantined = leaf?.quarantined ?? 0
  if (missing > available + quarantined) {
    const { location, variation, batch } = line
    const held = heldAt(booking.state, item, {
      item: item.item,
      location,
      ...(variation === null ? {} : { variation }),
      ...(batch === null ? {} : { batch })
    })
    return new CountShortage({
      count: count.id,
      line: line.line,
      item: item.item,
      variation,
      batch,
      location,
      missing,
      available,
      quarantined,
      reserved: leaf?.reserved ?? 0,
      committed: leaf?.committed ?? 0,
      holds: held?.holds ?? []
    })
  }
  const free = Math.min(missing, available)
  const details = { document: count.id }
  if (free > 0) book(booking, line, "available", "adjustment", free, null, details)
  if (missing > free) book(booking, line, "quarantined", "adjustment", missing - free, null, details)
  return null
}

const staleLine = (count: Count, line: CountLine): StaleCountLine => {
  const { item, variation, batch, location, expected, onHandThen, moved, counted } = line
  return new StaleCountLine({
    count: count.id,
    line: line.line,
    item,
    variation,
    batch,
    location,
    expected: expected ?? 0,
    now: onHandThen ?? 0,
    moved,
    counted: counted ?? 0
  })
}

/** CancelCount: nothing of it is posted. */
export const decideCancelCount = (
  state: StockState,
  command: CommandOf<"CancelCount">,
  now: number
): Result.Result<Decision, Rejection> => {
  const found = findOpenCount(state, command.organization, command.count)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const decision = emptyDecision(state)
  putCount(decision, found.success, { ...found.success, status: "cancelled", updatedAt: now })
  return Result.succeed(decision)
}
