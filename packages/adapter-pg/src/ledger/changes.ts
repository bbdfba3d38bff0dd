import { type MovementRow, toMovement } from "@stockbook/adapter-sql"
import type { Change, OrganizationId, RecordedEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"

interface Placed {
  readonly id: number
  readonly transaction_id: string
}

interface EventRow extends Placed {
  readonly organization: OrganizationId
  readonly event: string
  readonly at: number
}

/**
 * The movements and events after a cursor, in their common order. Needs one snapshot for both.
 *
 * Ids say little about who commits first, so the order is that of transactions, and within one that of ids. Only
 * transactions are read that are older than every one still running: none of those can appear any more before what
 * was read. A transaction that stays open holds the feed up, in any database of the server, and loses it nothing.
 */
export const readChanges = Effect.fnUntraced(function* (
  sql: SqlClient,
  organization: OrganizationId | null,
  cursor: string,
  limit: number,
  only?: "events"
) {
  const [transaction = "0", id = "0"] = cursor === "" ? [] : cursor.split(":")
  const scope = sql.and([
    sql`(transaction_id, id) > (${transaction}::xid8, ${id}::bigint)`,
    sql`transaction_id < pg_snapshot_xmin(pg_current_snapshot())`,
    ...(organization === null ? [] : [sql`organization = ${organization}`])
  ])
  const page = sql`WHERE ${scope} ORDER BY transaction_id, id LIMIT ${limit}`
  const movements = only === "events" ? [] : yield* sql<MovementRow & Placed>`SELECT * FROM movements ${page}`
  const events = yield* sql<EventRow>`SELECT organization, id, at, CAST(event AS text) AS event, transaction_id
    FROM outbox ${page}`
  const found = [
    ...movements.map((row) => ({ at: row, change: toMovementChange(row) })),
    ...events.map((row) => ({ at: row, change: toEventChange(row) }))
  ]
  const first = found.sort((a, b) => compare(a.at, b.at)).slice(0, limit)
  const last = first.at(-1)?.at
  return {
    changes: first.map(({ change }) => change),
    cursor: last === undefined ? cursor : `${last.transaction_id}:${last.id}`
  }
})

/** The cursor after all that `readChanges` would read now: whatever it would not comes from this transaction on. */
export const readHead = (sql: SqlClient) =>
  Effect.map(
    sql<{ readonly first: string }>`SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS first`,
    ([row]) => `${row?.first ?? "0"}:0`
  )

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
