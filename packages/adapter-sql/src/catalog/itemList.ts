import type { ItemFilter, ItemId, StockedItem } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Session } from "../Session.ts"
import { type Cut, itemPage, type PickedRow } from "./itemPage.ts"
import { selectItems, toItem } from "./itemQueries.ts"
import { totalOf } from "./pages.ts"

/** From here on it pays to know how long the list is before skipping so many rows. */
const farDown = 1_000

/**
 * A page of the items that match, with how many they are, as of one moment.
 *
 * Which items are on it is asked first, and then for those: with so much less to weigh, Postgres plans the second
 * statement once, not anew for each page.
 */
export const listItems = (session: Session, filter: ItemFilter) =>
  Effect.flatMap(session.snapshotMoment, (now) => {
    const { organization, offset, limit, search } = filter
    const { picks, count } = itemPage(session, filter, now)
    const pick = search === undefined && offset >= farDown ? fromTheNearerEnd : fromTheStart
    return session.snapshot(
      Effect.gen(function* () {
        const picked = yield* pick({ offset, limit }, picks, count)
        const { ids } = picked
        if (ids.length === 0) return { rows: [], total: picked.total }
        const of = (column: string) => session.among(column, ids)
        const rows = yield* selectItems(session.sql, organization, of, now)
        const byId = new Map(rows.map((row) => [row.id, row]))
        const inOrder = ids.map((id): StockedItem | null => {
          const row = byId.get(id)
          return row === undefined ? null : toItem(row)
        })
        return { rows: inOrder.filter((item) => item !== null), total: picked.total }
      })
    )
  })

type Pick = (
  part: { readonly offset: number; readonly limit: number },
  picks: (cut: Cut) => Effect.Effect<ReadonlyArray<PickedRow>, SqlError>,
  count: ReturnType<typeof itemPage>["count"]
) => Effect.Effect<{ readonly ids: ReadonlyArray<ItemId>; readonly total: number }, SqlError>

/** What a search has found it has counted. */
const fromTheStart: Pick = Effect.fnUntraced(function* (part, picks, count) {
  const found = yield* picks({ ...part, backwards: false })
  const total = found[0]?.total ?? (yield* totalOf(part, found.length, count))
  return { ids: found.map(({ id }) => id), total }
})

/** No page is further than half the list from one of its ends. */
const fromTheNearerEnd: Pick = Effect.fnUntraced(function* ({ offset, limit }, picks, count) {
  const total = (yield* count)[0]?.total ?? 0
  if (offset >= total) return { ids: [], total }
  const left = total - offset
  if (left >= offset) return { ids: (yield* picks({ offset, limit, backwards: false })).map(({ id }) => id), total }
  const cut = { offset: Math.max(0, left - limit), limit: Math.min(limit, left), backwards: true }
  return { ids: (yield* picks(cut)).map(({ id }) => id).reverse(), total }
})
