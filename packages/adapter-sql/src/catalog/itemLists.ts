import type { ItemFilter, StockedItem } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { parted } from "./catalogList.ts"
import type { PlacedFilter } from "./itemFilter.ts"
import { itemPage } from "./itemPage.ts"
import { selectItems, toItem } from "./itemQueries.ts"
import { keptSearches } from "./keptSearches.ts"
import { knownPlaces } from "./knownPlaces.ts"
import { pickPage } from "./pages.ts"

/**
 * A page of the items that match, with how many they are, as of one moment.
 *
 * Which items are on it is asked first, and then for those: with so much less to weigh, Postgres plans the second
 * statement once, not anew for each page.
 */
export const itemLists = (session: Session) => {
  const searches = keptSearches(session)
  const placesIn = knownPlaces(session)

  /** A page of a search that depends on the stock too: what it finds is known or found by itself, and asked for the rest. */
  const searchedStock = Effect.fnUntraced(function* (filter: ItemFilter, now: Fragment) {
    const parts = parted(filter)
    const found = parts === null ? null : yield* searches.all(parts.search, itemPage(session, parts.search, now).rows)
    if (parts === null || found === null) return null
    if (found.length === 0) return { ids: [], total: 0 }
    const { picks, count } = itemPage(session, yield* placed(session, { ...parts.rest, ids: found }), now, true)
    return yield* pickPage(filter, picks, count, { searching: true, tallied: false })
  })

  return (filter: ItemFilter) =>
    Effect.flatMap(session.snapshotMoment, (now) => {
      const { organization, offset, limit } = filter
      return session.snapshot(
        Effect.gen(function* () {
          const page = itemPage(session, yield* placed(session, filter), now)
          const measure = placesIn(filter, page.total)
          const known = {
            searching: filter.search !== undefined,
            tallied: page.tallied,
            ...(measure === undefined ? {} : { measure })
          }
          const { ids, total } =
            (yield* searches.page(filter, page.rows)) ??
            (yield* searchedStock(filter, now)) ??
            (yield* pickPage({ offset, limit }, page.picks, page.count, known))
          if (ids.length === 0) return { rows: [], total }
          const wanted = session.sql`SELECT id AS item FROM ${session.each(ids)}`
          const rows = yield* selectItems(session, organization, wanted, now)
          const byId = new Map(rows.map((row) => [row.id, row]))
          const inOrder = ids.map((id): StockedItem | null => {
            const row = byId.get(id)
            return row === undefined ? null : toItem(row)
          })
          return { rows: inOrder.filter((item) => item !== null), total }
        })
      )
    })
}

const placed = ({ sql }: Session, filter: ItemFilter): Effect.Effect<PlacedFilter, SqlError> =>
  filter.keptAt === undefined
    ? Effect.succeed(filter)
    : Effect.map(
        sql<{ readonly location: number }>`SELECT default_location AS location FROM organizations
          WHERE id = ${filter.organization}`,
        ([row]) => ({ ...filter, keptByDefault: row?.location === filter.keptAt })
      )
