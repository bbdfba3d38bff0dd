import type { MovementFilter } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Arrivals, Session } from "../Session.ts"
import { whereMovement } from "./movementQueries.ts"

/** So many counts are remembered. */
const most = 10_000

/** How many movements had arrived before this place in the order of arrival. */
interface Counted {
  readonly movements: number
  readonly next: string
}

/**
 * How many movements match.
 *
 * Movements never change, so that only those are counted that came since the same was asked before: a list that says
 * with every page how long it is would otherwise count a whole ledger with every page. Where the order of arrival begins
 * before what was counted, the database is not the one it was (a standby that was behind took over), and all are counted.
 */
export const movementCounts = (session: Session): ((filter: MovementFilter) => Effect.Effect<number, SqlError>) => {
  const known = new Map<string, Counted>()

  const remember = (name: string, counted: Counted) => {
    known.delete(name)
    known.set(name, counted)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
  }

  return Effect.fnUntraced(function* (filter) {
    const arrivals = arrivalsOf(session, filter)
    if (arrivals === null) return (yield* all(session, filter))[0]?.movements ?? 0
    const name = nameOf(filter)
    let before = known.get(name)
    let found = yield* since(session, filter, arrivals, before)
    if (before !== undefined && BigInt(found.next) < BigInt(before.next)) {
      before = undefined
      found = yield* since(session, filter, arrivals, before)
    }
    const earlier = before?.movements ?? 0
    remember(name, { movements: earlier + found.settled, next: found.next })
    return earlier + found.movements
  })
}

/** Those of one item get their ids in the order they arrive: each is written under the item's lock. */
const arrivalsOf = (session: Session, { organization, item }: MovementFilter): Arrivals | null => {
  if (item === undefined) return session.arrivals
  const last = session.sql`SELECT coalesce(max(id), 0) + 1 FROM movements
    WHERE organization = ${organization} AND item = ${item}`
  return { place: "m.id", type: "bigint", next: session.sql`(${last})` }
}

const all = (session: Session, filter: MovementFilter) =>
  session.sql<{ readonly movements: number }>`SELECT count(*) AS movements FROM movements m
    WHERE ${whereMovement(session, filter)}`

/** Counts from a place on, and of those the ones before the place from which on others may still arrive. */
const since = (session: Session, filter: MovementFilter, arrivals: Arrivals, before: Counted | undefined) => {
  const { sql } = session
  const place = sql.literal(arrivals.place)
  const from = before === undefined ? sql`` : sql`AND ${place} >= CAST(${before.next} AS ${sql.literal(arrivals.type)})`
  return Effect.map(
    sql<{ readonly movements: number; readonly settled: number; readonly next: string }>`
      WITH bound AS MATERIALIZED (SELECT ${arrivals.next} AS next)
      SELECT count(*) AS movements, count(*) FILTER (WHERE ${place} < (SELECT next FROM bound)) AS settled,
        CAST((SELECT next FROM bound) AS text) AS next
      FROM movements m WHERE ${whereMovement(session, filter)} ${from}`,
    ([row]) => row ?? { movements: 0, settled: 0, next: "0" }
  )
}

/** The same for filters that ask the same. */
const nameOf = (filter: MovementFilter): string =>
  JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  )
