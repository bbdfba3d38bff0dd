import type { MovementFilter } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Session } from "../Session.ts"
import { whereMovement } from "./movementQueries.ts"

/** What was counted up to a movement. */
interface Counted {
  readonly movements: number
  /** The id of the last one; 0 where there was none. */
  readonly last: number
}

/** So many counts are remembered. */
const most = 10_000

/**
 * How many movements match.
 *
 * Movements never change, and those of an item get their ids in the order they are committed, as each is written under
 * the item's lock. So of one item's only those are counted that came since it was last asked, however long its ledger:
 * a list that says with every page how long it is would count all of them each time. Where the last one counted is no
 * longer there, the database is not the one it was (a standby that was behind took over), and all are counted.
 */
export const movementCounts = (session: Session): ((filter: MovementFilter) => Effect.Effect<number, SqlError>) => {
  const known = new Map<string, Counted>()

  const remember = (name: string, counted: Counted): number => {
    known.delete(name)
    known.set(name, counted)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return counted.movements
  }

  return Effect.fnUntraced(function* (filter) {
    if (filter.item === undefined) return (yield* count(session, filter, 0)).movements
    const name = nameOf(filter)
    const before = known.get(name) ?? { movements: 0, last: 0 }
    const since = yield* count(session, filter, before.last)
    if (since.goesOn) {
      return remember(name, {
        movements: before.movements + since.movements,
        last: since.last ?? before.last
      })
    }
    const all = yield* count(session, filter, 0)
    return remember(name, { movements: all.movements, last: all.last ?? 0 })
  })
}

/** Of the movements after an id, and whether that is still there. */
const count = (session: Session, filter: MovementFilter, after: number) => {
  const { sql } = session
  const goesOn =
    after === 0
      ? sql`SELECT 1`
      : sql`SELECT 1 FROM movements b WHERE b.organization = ${filter.organization} AND b.id = ${after}`
  return Effect.map(
    sql<{ readonly movements: number; readonly last: number | null; readonly goesOn: boolean | number }>`
      SELECT count(*) AS movements, max(m.id) AS last, EXISTS (${goesOn}) AS "goesOn"
      FROM movements m WHERE ${whereMovement(session, filter)} AND m.id > ${after}`,
    ([row]) => ({ movements: row?.movements ?? 0, last: row?.last ?? null, goesOn: Boolean(row?.goesOn) })
  )
}

/** The same for filters that ask the same. */
const nameOf = (filter: MovementFilter): string =>
  JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(byField)
  )

const byField = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
