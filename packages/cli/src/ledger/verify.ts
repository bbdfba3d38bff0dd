import { type Difference, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { exitCodes } from "../exitCodes.ts"
import { organizationOrAll } from "../organization/organization.ts"

/** Prints what is not as the ledger says, a line for each; answers with what the process should end with. */
export const verifyStock = Effect.fnUntraced(function* (wanted: string | undefined) {
  const organization = yield* organizationOrAll(wanted)
  const { items, movements, differences } = yield* StockQueries.use((queries) => queries.verify(organization))
  for (const difference of differences) console.log(differenceLine(difference))
  console.log(`${items} items, ${movements} movements: ${differencesIn(differences)}`)
  return differences.length === 0 ? exitCodes.done : exitCodes.found
})

export const differenceLine = ({ organization, item, rule, at, expected, actual }: Difference): string =>
  `organization ${organization}, item ${item}: ${rule} of ${at} should be ${expected} and is ${actual}`

export const differencesIn = ({ length }: ReadonlyArray<unknown>): string =>
  length === 0 ? "no difference" : length === 1 ? "1 difference" : `${length} differences`
