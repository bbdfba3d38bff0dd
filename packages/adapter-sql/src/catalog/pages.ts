import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"

/** How long a list is of which a page was found: the last page that is not empty says it by itself. */
export const totalOf = (
  page: { readonly offset: number; readonly limit: number },
  found: number,
  count: Effect.Effect<ReadonlyArray<{ readonly total: number }>, SqlError>
): Effect.Effect<number, SqlError> =>
  found < page.limit && (found > 0 || page.offset === 0)
    ? Effect.succeed(page.offset + found)
    : Effect.map(count, ([row]) => row?.total ?? 0)
