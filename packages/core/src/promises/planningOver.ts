import { Context } from "effect"
import { Availability } from "../availability/Availability.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { Arrivals } from "../ledger/Arrivals.ts"
import { Reorders } from "../ledger/Reorders.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { Ask } from "./ask.ts"
import { checkCatalogue as known } from "./inputs/catalogue.ts"
import { said } from "./inputs/options.ts"
import { nothing } from "./inputs/parts.ts"
import type { Planning } from "./Planning.ts"

/** What an organization plans by, as methods. */
export const planningOver = (context: Context.Context<Stockbook>, organization: OrganizationId, ask: Ask): Planning => {
  const availability = Context.get(context, Availability)
  const arrivals = Context.get(context, Arrivals)
  const reorders = Context.get(context, Reorders)

  return {
    check: (lines, options) => ask(nothing, said.call(options), () => availability.check(organization, lines)),
    ofKit: (kit, location, options) =>
      ask(known.ofKit({ kit, location }), said.call(options), ({ kit, location }) =>
        availability.ofKit(organization, kit, location)
      ),
    expand: (lines, options) => ask(nothing, said.call(options), () => availability.expand(organization, lines)),
    arrivals: (filter = {}, options) =>
      ask(known.arrivals(filter), said.call(options), (asked) => arrivals.list({ ...asked, organization })),
    availableToPromise: (place, at, options) =>
      ask(known.promise({ place, at }), said.call(options), ({ place, at }) =>
        arrivals.availableToPromise(organization, place, at)
      ),
    reorders: (windowDays, options) =>
      ask(nothing, said.call(options), () => reorders.suggestions(organization, windowDays))
  }
}
