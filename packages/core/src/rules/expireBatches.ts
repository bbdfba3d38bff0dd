import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { book, startBooking } from "./book.ts"
import type { Decision } from "./Decision.ts"
import { barOf, lapsedLeaves } from "./lapse.ts"
import type { StockState } from "./State.ts"

const causes = { expired: "BatchExpired", quarantined: "BatchQuarantined" } as const

/**
 * ExpireBatches: what is available of batches that are expired or quarantined goes to quarantine. Other stock is left
 * alone, so any number of sweepers may ask at once.
 */
export const decideExpireBatches = (
  state: StockState,
  command: CommandOf<"ExpireBatches">,
  now: number
): Result.Result<Decision, Rejection> => {
  const booking = startBooking(state, command, now)
  for (const id of new Set(command.items)) {
    const item = state.items.get(id)
    if (item === undefined || item.organization !== command.organization) continue
    for (const { key, available } of lapsedLeaves(item, now)) {
      const bar = barOf(item, key.batch, now)
      if (bar !== null) book({ ...booking, cause: causes[bar] }, key, "available", "quarantined", available, null)
    }
  }
  return Result.succeed(booking.decision)
}
