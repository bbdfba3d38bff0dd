import type { ItemFilter, Listed, StockedItem } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Session } from "../Session.ts"
import { itemPage, type StockedItemRow, toItem } from "./itemQueries.ts"

/** From here on it pays to know how long the list is before skipping so many rows. */
const farDown = 1_000

/** A page of the items that match, with how many they are, as of one moment. */
export const listItems = (session: Session, filter: ItemFilter) =>
  Effect.flatMap(session.moment, (now) => {
    const { offset, limit, search } = filter
    const page = itemPage(session, filter, now)
    const count = Effect.map(page.count, ([row]) => row?.total ?? 0)
    const read = search === undefined && offset >= farDown ? fromTheNearerEnd : fromTheStart
    return session.snapshot(read({ offset, limit }, page.rows, count))
  })

type Row = StockedItemRow & { readonly total: number | null }
type Read = (
  part: { readonly offset: number; readonly limit: number },
  rows: (cut: Parameters<ReturnType<typeof itemPage>["rows"]>[0]) => Effect.Effect<ReadonlyArray<Row>, SqlError>,
  count: Effect.Effect<number, SqlError>
) => Effect.Effect<Listed<StockedItem>, SqlError>

/** The last page says by itself how many match, and so does one that a search has found. */
const fromTheStart: Read = Effect.fnUntraced(function* ({ offset, limit }, rows, count) {
  const found = yield* rows({ offset, limit, backwards: false })
  const isLast = found.length < limit && (found.length > 0 || offset === 0)
  const total = isLast ? offset + found.length : (found[0]?.total ?? null)
  return { rows: found.map(withoutTotal), total: total ?? (yield* count) }
})

/** No page is further than half the list from one of its ends. */
const fromTheNearerEnd: Read = Effect.fnUntraced(function* ({ offset, limit }, rows, count) {
  const total = yield* count
  if (offset >= total) return { rows: [], total }
  const left = total - offset
  const cut =
    left < offset
      ? { offset: Math.max(0, left - limit), limit: Math.min(limit, left), backwards: true }
      : { offset, limit, backwards: false }
  return { rows: (yield* rows(cut)).map(withoutTotal), total }
})

const withoutTotal = ({ total: _, ...row }: Row): StockedItem => toItem(row)
