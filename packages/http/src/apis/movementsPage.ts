import type { InvalidInput, Movement, MovementFilter, StockQueries, StoreError } from "@stockbook/core"
import { Effect } from "effect"

/**
 * A page of a list of movements of which it is known how long it is. What lies beyond its middle, newest first, is read
 * from its oldest movement on, which is nearer, and where nothing that comes meanwhile moves anything.
 */
export const movementsPage = (
  queries: StockQueries["Service"],
  filter: MovementFilter,
  { offset, limit, order }: { readonly offset: number; readonly limit: number; readonly order: "newest" | "oldest" },
  total: number
): Effect.Effect<ReadonlyArray<Movement>, StoreError | InvalidInput> => {
  const left = total - offset
  if (left <= 0) return Effect.succeed([])
  if (order === "oldest" || left >= offset) return queries.movements(filter, { order, offset, limit })
  const part = { offset: Math.max(0, left - limit), limit: Math.min(limit, left) }
  return Effect.map(queries.movements(filter, { order: "oldest", ...part }), (rows) => rows.toReversed())
}
