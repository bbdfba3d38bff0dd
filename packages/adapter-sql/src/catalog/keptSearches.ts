import { type ItemFilter, ItemId, type OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { FoundInCatalog, RowsInOrder, Session } from "../Session.ts"
import { catalogList } from "./catalogList.ts"
import type { Found } from "./pages.ts"

/** A list of more items than this is not kept. */
const longest = 100_000

/** So many lists are kept, of so many items together. */
const mostLists = 10_000
const mostItems = 1_000_000

/** What a list of items is found by. */
type List<A> = (filter: ItemFilter, rows: RowsInOrder) => Effect.Effect<A | null, SqlError>

interface KeptSearches {
  readonly page: List<Found<ItemId>>
  /** All of the list, in order. */
  readonly all: List<ReadonlyArray<ItemId>>
}

const nothing = () => Effect.succeed(null)

/**
 * Finds what searches find. All of it has to be found for any page, and so is kept, and good until the catalogue
 * changes: who reads on, or asks the same again, gets the page from there.
 *
 * It answers `null` where this is not to be had: the list depends on the stock too, which changes all the time, or is
 * too long, or the database does not tell when the catalogue changes.
 */
export const keptSearches = (session: Session): KeptSearches => {
  const { sql, catalogChanges } = session
  if (catalogChanges === null) return { page: nothing, all: nothing }
  const lists = new Map<string, FoundInCatalog>()
  let kept = 0

  const forget = (name: string) => {
    kept -= lists.get(name)?.ids?.length ?? 0
    lists.delete(name)
  }

  const keep = (name: string, list: FoundInCatalog) => {
    forget(name)
    lists.set(name, list)
    kept += list.ids?.length ?? 0
    for (const oldest of lists.keys()) {
      if (kept <= mostItems && lists.size <= mostLists) return
      forget(oldest)
    }
  }

  const current = Effect.fnUntraced(function* (organization: OrganizationId, list: FoundInCatalog | undefined) {
    if (list === undefined) return null
    const differ = catalogChanges.differ(organization, list.seen)
    const [row] = yield* sql<{ readonly changed: boolean | number }>`SELECT ${differ} AS changed`
    return row === undefined || row.changed ? null : list
  })

  const found = Effect.fnUntraced(function* (filter: ItemFilter, rows: RowsInOrder) {
    const { organization, search } = filter
    const name = search === undefined ? null : catalogList(filter)
    if (name === null) return null
    const { find } = catalogChanges
    const list = (yield* current(organization, lists.get(name))) ?? (yield* find(organization, rows, longest))
    keep(name, list)
    return list
  })

  return {
    page: (filter, rows) =>
      Effect.map(found(filter, rows), (list) => {
        if (list === null || list.ids === null) return null
        const { ids, total } = list
        const { offset, limit } = filter
        const [start, end] = rows.descending ? [total - offset - limit, total - offset] : [offset, offset + limit]
        const page = Array.from(ids.slice(Math.max(0, start), Math.max(0, end)), (id) => ItemId.make(id))
        return { ids: rows.descending ? page.reverse() : page, total }
      }),
    // They are ids of items: to look at each again would take as long as to find them.
    all: (filter, rows) =>
      Effect.map(found(filter, rows), (list) =>
        list === null || list.ids === null ? null : (Array.from<number>(list.ids) as Array<ItemId>)
      )
  }
}
