import { Result } from "effect"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import {
  InactiveItem,
  InactiveLocation,
  type Rejection,
  UnknownItem,
  UnknownLocation,
  UnknownOrganization
} from "../stock/Rejection.ts"
import { InactiveBatch, InactiveVariation, UnknownBatch, UnknownVariation } from "../stock/rejections/lot.ts"
import type { Selector } from "../stock/StockKey.ts"
import type { StockState, WorkingItem } from "./State.ts"

/** The item, if it is the organization's; another's is as unknown as none. */
export const findItem = (
  state: StockState,
  organization: OrganizationId,
  item: Selector["item"]
): Result.Result<WorkingItem, Rejection> => {
  const found = state.items.get(item)
  return found === undefined || found.organization !== organization
    ? Result.fail(new UnknownItem({ item }))
    : Result.succeed(found)
}

/**
 * Checks what all lines of a command name, before any quantity: the organization, then that every item is known, then
 * that every item is active, then variations, batches and locations, each likewise. Gives the organization's default
 * location. `place` is a location that the command names beside its lines.
 */
export const checkPlaces = (
  state: StockState,
  organization: OrganizationId,
  lines: ReadonlyArray<Selector>,
  place?: LocationId
): Result.Result<LocationId, Rejection> => {
  const found = state.organizations.get(organization)
  if (found === undefined) return Result.fail(new UnknownOrganization({ organization }))
  const refused =
    checkItems(state, organization, lines) ??
    checkLots(state, lines) ??
    checkLocations(state, organization, place === undefined ? lines : [{ location: place }, ...lines])
  return refused === null ? Result.succeed(found.defaultLocation) : Result.fail(refused)
}

const checkItems = (
  state: StockState,
  organization: OrganizationId,
  lines: ReadonlyArray<Selector>
): Rejection | null => {
  for (const { item } of lines) {
    if (state.items.get(item)?.organization !== organization) return new UnknownItem({ item })
  }
  for (const { item } of lines) {
    if (state.items.get(item)?.active !== true) return new InactiveItem({ item })
  }
  return null
}

/** Variations and batches must be the item's, and a batch of a variation goes with no other. */
const checkLots = (state: StockState, lines: ReadonlyArray<Selector>): Rejection | null => {
  if (lines.every(({ variation, batch }) => variation === undefined && batch === undefined)) return null
  for (const { item, variation } of lines) {
    if (variation !== undefined && state.items.get(item)?.variations.has(variation) !== true) {
      return new UnknownVariation({ item, variation })
    }
  }
  for (const { item, variation } of lines) {
    if (variation !== undefined && state.items.get(item)?.variations.get(variation)?.active !== true) {
      return new InactiveVariation({ item, variation })
    }
  }
  for (const { item, variation, batch } of lines) {
    const facts = batch === undefined ? undefined : state.items.get(item)?.batches.get(batch)
    const fits = facts !== undefined && (variation === undefined || (facts.variation ?? variation) === variation)
    if (batch !== undefined && !fits) return new UnknownBatch({ item, variation: variation ?? null, batch })
  }
  for (const { item, batch } of lines) {
    if (batch !== undefined && state.items.get(item)?.batches.get(batch)?.active !== true) {
      return new InactiveBatch({ item, batch })
    }
  }
  return null
}

const checkLocations = (
  state: StockState,
  organization: OrganizationId,
  lines: ReadonlyArray<Pick<Selector, "location">>
): Rejection | null => {
  for (const { location } of lines) {
    if (location !== undefined && state.locations.get(location)?.organization !== organization) {
      return new UnknownLocation({ location })
    }
  }
  for (const { location } of lines) {
    if (location !== undefined && state.locations.get(location)?.active !== true) {
      return new InactiveLocation({ location })
    }
  }
  return null
}
