import { Result } from "effect"
import type { CommandOf } from "../stock/Command.ts"
import { onHand } from "../stock/Levels.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { TrackingInUse } from "../stock/rejections/serials.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { changeDetails } from "./details.ts"
import { checkPlaces } from "./guard.ts"
import type { StockState } from "./State.ts"

/** TrackSerials: begins and ends while there is no stock, so that every unit there ever is is known. */
export const decideTrackSerials = (
  state: StockState,
  command: CommandOf<"TrackSerials">
): Result.Result<Decision, Rejection> => {
  const places = checkPlaces(state, command.organization, [command])
  if (Result.isFailure(places)) return Result.fail(places.failure)
  const decision = emptyDecision(state)
  const item = state.items.get(command.item)
  if (item === undefined || (item.details?.serials === true) === command.tracked) return Result.succeed(decision)
  const there = Array.from(item.leaves.values()).reduce((sum, leaf) => sum + Math.abs(onHand(leaf)), 0)
  if (there > 0) return Result.fail(new TrackingInUse({ item: command.item, onHand: there }))
  changeDetails(state, decision, command.item, { serials: command.tracked ? true : undefined })
  decision.events.push({
    id: decision.nextId++,
    event: { _tag: "SerialTrackingChanged", item: command.item, tracked: command.tracked }
  })
  return Result.succeed(decision)
}
