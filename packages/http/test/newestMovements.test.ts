import { type Movement, maxOffset, OrganizationId, type Page, type StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { newestMovements } from "../src/apis/newestMovements.ts"

const length = 2 * maxOffset + 5

/** A ledger whose ids are 1 to `length`, which skips no more rows than one does. */
const movements = (_: object, { after = length + 1, offset = 0, limit }: Page) => {
  if (offset > maxOffset) throw new RangeError(`${offset} rows are too many to skip`)
  const first = after - 1 - offset
  return Effect.succeed(Array.from({ length: Math.max(0, Math.min(limit, first)) }, (_, n) => ({ id: first - n })))
}
const queries = { movements } as unknown as StockQueries["Service"]

it.each([0, 1, maxOffset, maxOffset + 1, 2 * maxOffset + 1, length - 1, length, 3 * maxOffset])(
  "newest first, after %d rows come those that lie there",
  async (offset) => {
    const page = { offset, limit: 3 }
    const rows: ReadonlyArray<Movement> = await Effect.runPromise(
      newestMovements(queries, { organization: OrganizationId.make(1) }, page)
    )
    const first = length - offset
    expect(rows.map(({ id }) => id)).toEqual([first, first - 1, first - 2].filter((id) => id > 0))
  }
)
