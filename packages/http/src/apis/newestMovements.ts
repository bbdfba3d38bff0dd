import {
  type InvalidInput,
  type Movement,
  type MovementFilter,
  maxOffset,
  type StockQueries,
  type StoreError
} from "@stockbook/core"
import { Effect } from "effect"

/** Movements, newest first, of a list that is paged by how many rows to skip; the ledger skips so many at a time. */
export const newestMovements = Effect.fnUntraced(function* (
  queries: StockQueries["Service"],
  filter: MovementFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Effect.fn.Return<ReadonlyArray<Movement>, StoreError | InvalidInput> {
  const order = "newest"
  let after: number | undefined
  let skip = offset
  for (; skip > maxOffset; skip -= maxOffset + 1) {
    const [last] = yield* queries.movements(filter, { after, offset: maxOffset, limit: 1, order })
    if (last === undefined) return []
    after = last.id
  }
  return yield* queries.movements(filter, { after, offset: skip, limit, order })
})
