import type { ItemFilter, ItemId } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { catalogList } from "./catalogList.ts"
import type { Measured, Place, Places } from "./pages.ts"

/** So many lists are kept. */
const mostLists = 1_000

/** Places closer together than so many rows are not worth keeping. */
const apart = 500

/** A list as it was when this was seen of the catalogue. */
class List implements Places<ItemId> {
  readonly seen: string
  readonly #forwards: Array<Place<ItemId>> = []
  readonly #backwards: Array<Place<ItemId>> = []

  constructor(seen: string) {
    this.seen = seen
  }

  before(offset: number, backwards: boolean): Place<ItemId> | undefined {
    return (backwards ? this.#backwards : this.#forwards).findLast((place) => place.offset <= offset)
  }

  note(place: Place<ItemId>, backwards: boolean): void {
    const places = backwards ? this.#backwards : this.#forwards
    if (places.some(({ offset }) => Math.abs(offset - place.offset) < apart)) return
    places.push(place)
    places.sort((a, b) => a.offset - b.offset)
  }
}

/**
 * Where in lists of items the pages begin that were asked for before: a page far down is found from the nearest of them
 * instead of past all that come before it. Good until the catalogue changes; `null` for lists that depend on more than
 * that, and where the database does not tell when it changes.
 *
 * `total` is how long the list is, as a value in a statement.
 */
export const knownPlaces = (
  session: Session
): ((filter: ItemFilter, total: Fragment) => Effect.Effect<Measured<ItemId>, SqlError> | undefined) => {
  const { sql, catalogChanges } = session
  if (catalogChanges === null) return () => undefined
  const lists = new Map<string, List>()

  const keep = (name: string, list: List) => {
    lists.delete(name)
    lists.set(name, list)
    const [oldest] = lists.keys()
    if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest)
  }

  return (filter, total) => {
    const name = catalogList(filter)
    if (name === null) return undefined
    return Effect.gen(function* () {
      const { organization } = filter
      const known = lists.get(name)
      const differ = known === undefined ? sql`NULL` : catalogChanges.differ(organization, known.seen)
      const [row] = yield* sql<{
        readonly total: number
        readonly seen: string
        readonly changed: boolean | number | null
      }>`SELECT ${total} AS total, ${catalogChanges.seen(organization)} AS seen, ${differ} AS changed`
      if (row === undefined) return { total: 0, places: null }
      const list = known === undefined || row.changed ? new List(row.seen) : known
      keep(name, list)
      return { total: row.total, places: list }
    })
  }
}
