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
export interface Cut<Id> extends Part {
  readonly backwards: boolean
  /** The row to count from, if it is not the first. */
  readonly from?: Id
}

/** A row of a list, after so many others. */
export interface Place<Id> {
  readonly offset: number
  readonly id: Id
}

/** The places in a list that are known. */
export interface Places<Id> {
  /** The last that is not beyond so many rows, counted from the end of the list if `backwards`. */
  readonly before: (offset: number, backwards: boolean) => Place<Id> | undefined
  readonly note: (place: Place<Id>, backwards: boolean) => void
}

/** How long a list is, with the places in it that are known. */
export interface Measured<Id> {
  readonly total: number
  readonly places: Places<Id> | null
}

/** A row of a page; what finds all rows of the list anyhow tells with each how many it has found. */
export interface PickedRow<Id> {
  readonly id: Id
  readonly total: number | null
}

type Picks<Id> = (cut: Cut<Id>) => Effect.Effect<ReadonlyArray<PickedRow<Id>>, SqlError>
type Count = Effect.Effect<ReadonlyArray<Total>, SqlError>

/** How long a list is of which a page was found: the last page that is not empty says it by itself. */
export const totalOf = (page: Part, found: number, count: Count): Effect.Effect<number, SqlError> =>
  found < page.limit && (found > 0 || page.offset === 0)
    ? Effect.succeed(page.offset + found)
    : Effect.map(count, ([row]) => row?.total ?? 0)

/** From here on it pays to know how long the list is before skipping so many rows. */
const farDown = 1_000

/** What is known of a list before it is read. */
interface Known<Id> {
  /** `picks` finds the whole list for any part of it. */
  readonly searching: boolean
  /** `count` looks the length up, and so can as well be asked for along with the page. */
  readonly tallied: boolean
  /** Tells the length together with places, where a page far down would be looked for from its ends. */
  readonly measure?: Effect.Effect<Measured<Id>, SqlError>
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
  { searching, tallied, measure = Effect.map(count, unplaced) }: Known<Id>
): Effect.Effect<Found<Id>, SqlError> =>
  searching
    ? fromTheStart(part, picks, count)
    : part.offset >= farDown
      ? fromTheNearest(part, picks, measure)
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

const unplaced = ([row]: ReadonlyArray<Total>) => ({ total: row?.total ?? 0, places: null })

/** From the nearer end of the list no page is further than half of it, and from a place in between less. */
const fromTheNearest = Effect.fnUntraced(function* <Id>(
  { offset, limit }: Part,
  picks: Picks<Id>,
  measure: Effect.Effect<Measured<Id>, SqlError>
) {
  const { total, places } = yield* measure
  if (offset >= total) return { ids: [], total }
  const left = total - offset
  const backwards = left < offset
  const cut = backwards ? { offset: Math.max(0, left - limit), limit: Math.min(limit, left) } : { offset, limit }
  const known = places?.before(cut.offset, backwards)
  const found = yield* picks(
    known === undefined
      ? { ...cut, backwards }
      : { offset: cut.offset - known.offset, limit: cut.limit, backwards, from: known.id }
  )
  const ids = found.map(({ id }) => id)
  const [id] = ids
  if (id !== undefined) places?.note({ offset: cut.offset, id }, backwards)
  return { ids: backwards ? ids.reverse() : ids, total }
})
