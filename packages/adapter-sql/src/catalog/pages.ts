import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"

/** How long a list is, as a statement tells it. */
export interface Total {
  readonly total: number
}

/** Part of a list: so many rows after so many. */
interface Part {
  readonly offset: number
  readonly limit: number
}

/** The same, counted from the end of the list, and in that order, if `backwards`. */
export interface Cut extends Part {
  readonly backwards: boolean
}

/** A row of a page; what finds all rows of the list anyhow tells with each how many it has found. */
export interface PickedRow<Id> {
  readonly id: Id
  readonly total: number | null
}

type Picks<Id> = (cut: Cut) => Effect.Effect<ReadonlyArray<PickedRow<Id>>, SqlError>
type Count = Effect.Effect<ReadonlyArray<Total>, SqlError>

/** How long a list is of which a page was found: the last page that is not empty says it by itself. */
export const totalOf = (page: Part, found: number, count: Count): Effect.Effect<number, SqlError> =>
  found < page.limit && (found > 0 || page.offset === 0)
    ? Effect.succeed(page.offset + found)
    : Effect.map(count, ([row]) => row?.total ?? 0)

/** From here on it pays to know how long the list is before skipping so many rows. */
const farDown = 1_000

/** What is known of a list before it is read. */
interface Known {
  /** `picks` finds the whole list for any part of it. */
  readonly searching: boolean
  /** `count` looks the length up, and so can as well be asked for along with the page. */
  readonly tallied: boolean
}

/** The ids on a page, and how long the list is. */
export interface Found<Id> {
  readonly ids: ReadonlyArray<Id>
  readonly total: number
}

/** Finds a page. */
export const pickPage = <Id>(
  part: Part,
  picks: Picks<Id>,
  count: Count,
  { searching, tallied }: Known
): Effect.Effect<Found<Id>, SqlError> =>
  searching
    ? fromTheStart(part, picks, count)
    : part.offset >= farDown
      ? fromTheNearerEnd(part, picks, count)
      : tallied
        ? withItsLength(part, picks, count)
        : fromTheStart(part, picks, count)

const fromTheStart = Effect.fnUntraced(function* <Id>(part: Part, picks: Picks<Id>, count: Count) {
  const found = yield* picks({ ...part, backwards: false })
  const total = found[0]?.total ?? (yield* totalOf(part, found.length, count))
  return { ids: found.map(({ id }) => id), total }
})

const withItsLength = Effect.fnUntraced(function* <Id>(part: Part, picks: Picks<Id>, count: Count) {
  const both = [picks({ ...part, backwards: false }), count] as const
  const [found, [row]] = yield* Effect.all(both, { concurrency: "unbounded" })
  return { ids: found.map(({ id }) => id), total: row?.total ?? 0 }
})

/** No page is further than half the list from one of its ends. */
const fromTheNearerEnd = Effect.fnUntraced(function* <Id>({ offset, limit }: Part, picks: Picks<Id>, count: Count) {
  const total = (yield* count)[0]?.total ?? 0
  if (offset >= total) return { ids: [], total }
  const left = total - offset
  if (left >= offset) return { ids: (yield* picks({ offset, limit, backwards: false })).map(({ id }) => id), total }
  const cut = { offset: Math.max(0, left - limit), limit: Math.min(limit, left), backwards: true }
  return { ids: (yield* picks(cut)).map(({ id }) => id).reverse(), total }
})
