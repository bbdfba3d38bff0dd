import { Result } from "effect"
import type { LocationId } from "../catalog/Location.ts"
import type { CommandOf } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { TransitLocation } from "../stock/rejections/transfers.ts"
import { type Decision, emptyDecision } from "./Decision.ts"
import { changeDetails } from "./details.ts"
import { checkPlaces } from "./guard.ts"
import type { StockState, WorkingItem } from "./State.ts"

/** Where an item's stock lands, and is picked first: its own location while that is open, or else the default one. */
export const homeOf = (
  { locations }: Pick<StockState, "locations">,
  item: Pick<WorkingItem, "details"> | undefined,
  defaultLocation: LocationId
): LocationId => {
  const home = item?.details?.home
  return home !== undefined && locations.get(home)?.active === true ? home : defaultLocation
}

/** SetHome: the same location again changes nothing. */
export const decideSetHome = (state: StockState, command: CommandOf<"SetHome">): Result.Result<Decision, Rejection> => {
  const { organization, item, location } = command
  const places = checkPlaces(state, organization, [{ item, ...(location === null ? {} : { location }) }])
  if (Result.isFailure(places)) return Result.fail(places.failure)
  if (location !== null && location === state.organizations.get(organization)?.transit) {
    return Result.fail(new TransitLocation({ location }))
  }
  const decision = emptyDecision(state)
  if ((state.items.get(item)?.details?.home ?? null) === location) return Result.succeed(decision)
  changeDetails(state, decision, item, { home: location ?? undefined })
  decision.events.push({ id: decision.nextId++, event: { _tag: "HomeChanged", item, location } })
  return Result.succeed(decision)
}
