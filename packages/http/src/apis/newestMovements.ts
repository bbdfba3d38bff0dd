import {
  type InvalidInput,
  type Movement,
  type MovementFilter,
  maxPageSize,
  type StockQueries,
  type StoreError
} from "@stockbook/core"
import { Effect } from "effect"

/** Movements, newest first, for lists that are paged by how many rows to skip; the ledger is paged by id. */
export const newestMovements = Effect.fnUntraced(function* (
  queries: StockQueries["Service"],
  filter: MovementFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Effect.fn.Return<ReadonlyArray<Movement>, StoreError | InvalidInput> {
  const rows: Array<Movement> = []
  let after: number | undefined
  let skip = offset
  while (rows.length < limit) {
    const wanted = Math.min(maxPageSize, skip + limit - rows.length)
    const page = yield* queries.movements(filter, { after, limit: wanted, order: "newest" })
    rows.push(...page.slice(skip))
    skip = Math.max(0, skip - page.length)
    after = page.at(-1)?.id
    if (page.length < wanted) break
  }
  return rows
})
