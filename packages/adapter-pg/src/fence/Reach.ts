import type { OrganizationId } from "@stockbook/core"
import { Context, Effect } from "effect"
import type { Line } from "../client/Line.ts"
import { inTurn } from "../client/Line.ts"

/**
 * Whose rows can be reached where the database has row-level security: one organization's, those of all, or nobody's.
 */
export type Reach = OrganizationId | "all" | "none"

/** The reach of what runs; nobody's, unless `fenced` says otherwise. */
export const CurrentReach = Context.Reference<Reach>("@stockbook/adapter-pg/fence/CurrentReach", {
  defaultValue: () => "none"
})

/** What the policies compare rows with; see `rowLevelSecurity`. It lasts as long as the transaction. */
const setOrganization = "SELECT set_config('stockbook.organization', $1, true)"

const settingOf = (reach: Reach): string => (reach === "all" ? "*" : reach === "none" ? "" : String(reach))

/** Says whose rows the rest of a transaction is about. */
export const setReach = (line: Pick<Line, "executeValues">, reach: Reach) =>
  line.executeValues(setOrganization, [settingOf(reach)])

/** The line for a transaction that has this reach: what begins it says so, in the same round trip. */
export const fencedLine = (line: Line, reach: Reach): Line => ({
  ...line,
  execute: (statement, parameters, transform) => {
    const sent = line.execute(statement, parameters, transform)
    return statement === "BEGIN"
      ? Effect.map(Effect.all([sent, setReach(line, reach)], inTurn), ([rows]) => rows)
      : sent
  }
})
