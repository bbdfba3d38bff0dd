import { type MovementRow, toMovement } from "@stockbook/adapter-sql"
import type { Change, OrganizationId, RecordedEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { Fragment } from "effect/sql/Statement"

interface Placed {
  readonly id: number
  readonly transaction_id: string
}

interface EventRow extends Placed {
  readonly organization: OrganizationId
  readonly event: string
  readonly at: number
}

interface EraRow {
  readonly number: number
  readonly first_id: number
  /** The oldest transaction still running. */
  readonly running: string
}

/** Oldest first; one at least. */
const erasOf = (sql: SqlClient) =>
  sql<EraRow>`SELECT number::bigint, first_id, CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS running
    FROM eras ORDER BY number`

/**
 * The movements and events after a cursor, in their common order. Needs one snapshot for all it reads.
 *
 * Ids say little about who commits first, so the order is that of transactions, and within one that of ids. Only
 * transactions are read that are older than every one still running: none of those can appear any more before what
 * was read. A transaction that stays open holds the feed up, in any database of the server, and loses it nothing.
 *
 * Transactions are numbered anew in another cluster. So eras go before that (`schema/eras.ts`), which are told apart by
 * their ids; all transactions of an era that is over are over. A cursor is `era:transaction:id`.
 */
export const readChanges = Effect.fnUntraced(function* (
  sql: SqlClient,
  organization: OrganizationId | null,
  cursor: string,
  limit: number,
  only?: "events"
) {
  const eras = yield* erasOf(sql)
  let [era = "0", transaction = "0", id = "0"] = cursor === "" ? [] : cursor.split(":")
  for (const [index, { number, first_id, running }] of eras.entries()) {
    if (number < Number(era)) continue
    if (number > Number(era)) [era, transaction, id] = [String(number), "0", "0"]
    const next = eras[index + 1]
    const scope = sql.and([
      sql`(transaction_id, id) > (${transaction}::xid8, ${id}::bigint)`,
      next === undefined ? sql`transaction_id < ${running}::xid8` : sql`id < ${next.first_id}`,
      ...(index === 0 ? [] : [sql`id >= ${first_id}`]),
      ...(organization === null ? [] : [sql`organization = ${organization}`])
    ])
    const changes = yield* readPage(sql, sql`WHERE ${scope} ORDER BY transaction_id, id LIMIT ${limit}`, only)
    const found = changes.slice(0, limit)
    const last = found.at(-1)?.at
    if (last !== undefined) {
      return { changes: found.map(({ change }) => change), cursor: `${era}:${last.transaction_id}:${last.id}` }
    }
  }
  return { changes: [], cursor: cursor === "" ? "" : `${era}:${transaction}:${id}` }
})

const readPage = Effect.fnUntraced(function* (sql: SqlClient, page: Fragment, only: "events" | undefined) {
  const movements = only === "events" ? [] : yield* sql<MovementRow & Placed>`SELECT * FROM movements ${page}`
  const events = yield* sql<EventRow>`SELECT organization, id, at, CAST(event AS text) AS event, transaction_id
    FROM outbox ${page}`
  return [
    ...movements.map((row) => ({ at: row, change: toMovementChange(row) })),
    ...events.map((row) => ({ at: row, change: toEventChange(row) }))
  ].sort((a, b) => compare(a.at, b.at))
})

/** The cursor after all that `readChanges` would read now: whatever it would not comes from this transaction on. */
export const readHead = (sql: SqlClient) =>
  Effect.map(erasOf(sql), (eras) => {
    const last = eras.at(-1)
    return last === undefined ? "" : `${last.number}:${last.running}:0`
  })

/** Transaction ids are beyond what a number holds exactly. */
const compare = (a: Placed, b: Placed): number => {
  if (a.transaction_id === b.transaction_id) return a.id - b.id
  return BigInt(a.transaction_id) < BigInt(b.transaction_id) ? -1 : 1
}

const toMovementChange = (row: MovementRow): Change => ({ _tag: "Movement", id: row.id, movement: toMovement(row) })

const toEventChange = ({ organization, id, event, at }: EventRow): Change => ({
  _tag: "Event",
  id,
  event: { organization, id, event: JSON.parse(event) as RecordedEvent["event"], at }
})
