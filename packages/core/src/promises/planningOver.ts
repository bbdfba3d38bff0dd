import { Context } from "effect"
import { Availability } from "../availability/Availability.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { type ArrivalFilter, Arrivals } from "../ledger/Arrivals.ts"
import type { PromiseSelector } from "../ledger/promise.ts"
import { Reorders } from "../ledger/Reorders.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { Ask } from "./ask.ts"
import type { Planning } from "./Planning.ts"

/** What an organization plans by, as methods. */
export const planningOver = (context: Context.Context<Stockbook>, organization: OrganizationId, ask: Ask): Planning => {
  const availability = Context.get(context, Availability)
  const arrivals = Context.get(context, Arrivals)
  const reorders = Context.get(context, Reorders)
  type Kit = { readonly kit: ItemId; readonly location?: LocationId | undefined }

  return {
    check: (lines, options) => ask({}, () => availability.check(organization, lines), options),
    ofKit: (kit, location, options) =>
      ask({ kit, location }, ({ kit, location }: Kit) => availability.ofKit(organization, kit, location), options),
    expand: (lines, options) => ask({}, () => availability.expand(organization, lines), options),
    arrivals: (filter = {}, options) =>
      ask({ ...filter, organization }, (asked: ArrivalFilter) => arrivals.list(asked), options),
    availableToPromise: (place, at, options) =>
      ask(
        { ...place, at },
        ({ at, ...place }: PromiseSelector & { readonly at: number }) =>
          arrivals.availableToPromise(organization, place, at),
        options
      ),
    reorders: (windowDays, options) => ask({}, () => reorders.suggestions(organization, windowDays), options)
  }
}
