import type { StockDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { FencedConnections, Lines } from "../client/connect.ts"
import { fencedLine } from "../fence/Reach.ts"
import { transactOn } from "./PgStock.ts"
import { theOrganization } from "./theOrganization.ts"

/**
 * The write path of a database with row-level security. It has the locked road only, which takes no more round trips
 * than elsewhere; a batch is of one organization and reaches no other's rows, and `inFlight` such batches, of as many
 * organizations, may be under way.
 */
export const fencedStock = ({ lines, inFlight }: FencedConnections): StockDriver => ({
  lanes: { of: "organization", inFlight },
  transact: transactFencedOn(lines)
})

/** Its locked road, on a line that begins and commits. */
export const transactFencedOn =
  (lines: Lines): StockDriver["transact"] =>
  (footprint, fold) => {
    const organization = theOrganization(footprint)
    return transactOn(Effect.map(lines, (line) => fencedLine(line, organization)))(footprint, fold)
  }
