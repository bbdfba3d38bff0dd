import { Projections } from "@stockbook/core"
import { Effect } from "effect"
import { exitCodes } from "../exitCodes.ts"
import { organizationOrAll } from "../organization/organization.ts"
import { differenceLine, differencesIn } from "./verify.ts"

/** Repairs what can be, and prints what was and what could not be; answers with what the process should end with. */
export const rebuildStock = Effect.fnUntraced(function* (wanted: string | undefined) {
  const scope = yield* organizationOrAll(wanted)
  const { items, movements, rebuilt, differences } = yield* Projections.use(({ rebuild }) => rebuild(scope))
  for (const { organization, item } of rebuilt) console.log(`organization ${organization}, item ${item}: repaired`)
  for (const difference of differences) console.log(differenceLine(difference))
  const left = differences.length === 0 ? "no difference" : `${differencesIn(differences)} left`
  console.log(`${items} items, ${movements} movements: ${rebuilt.length} repaired, ${left}`)
  return differences.length === 0 ? exitCodes.done : exitCodes.found
})
