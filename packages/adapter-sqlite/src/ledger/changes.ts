import { type MovementRow, toMovement } from "@stockbook/adapter-sql"
import type { Change, OrganizationId, RecordedEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"

interface EventRow {
  readonly organization: OrganizationId
  readonly id: number
  readonly event: string
  readonly at: number
}

/**
 * The movements and events after a cursor, in their common order. Needs one snapshot for both. Ids are given out
 * under the write lock, so none can appear below one that was read.
 */
export const readChanges = Effect.fnUntraced(function* (
  sql: SqlClient,
  organization: OrganizationId | null,
  cursor: string,
  limit: number,
  only?: "events"
) {
  const after = cursor === "" ? 0 : Number(cursor)
  const scope = organization === null ? sql`id > ${after}` : sql`organization = ${organization} AND id > ${after}`
  const movements =
    only === "events" ? [] : yield* sql<MovementRow>`SELECT * FROM movements WHERE ${scope} ORDER BY id LIMIT ${limit}`
  const events = yield* sql<EventRow>`SELECT * FROM outbox WHERE ${scope} ORDER BY id LIMIT ${limit}`
  const changes: Array<Change> = [
    ...movements.map((row): Change => ({ _tag: "Movement", id: row.id, movement: toMovement(row) })),
    ...events.map((row): Change => ({ _tag: "Event", id: row.id, event: toEvent(row) }))
  ]
  const page = changes.sort((a, b) => a.id - b.id).slice(0, limit)
  return { changes: page, cursor: String(page.at(-1)?.id ?? cursor) }
})

/** The cursor after all that is committed. */
export const readHead = (sql: SqlClient) =>
  Effect.map(sql<{ readonly last: number }>`SELECT next - 1 AS last FROM sequences WHERE name = 'ledger'`, ([row]) =>
    String(row?.last ?? 0)
  )

const toEvent = ({ organization, id, event, at }: EventRow): RecordedEvent => ({
  id,
  organization,
  event: JSON.parse(event) as RecordedEvent["event"],
  at
})
