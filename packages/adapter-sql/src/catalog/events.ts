import type { OrganizationId, StockEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { insertRows } from "./insertRows.ts"

/** Writes events of the catalogue to the outbox, in the transaction of what they tell. */
export const writeEvents = Effect.fnUntraced(function* (
  { sql, nextIds }: Session,
  organization: OrganizationId,
  events: ReadonlyArray<StockEvent>,
  at: number
) {
  const ids = yield* nextIds("ledger", events.length)
  const rows = events.map((event, index) => ({ organization, id: ids[index], event: JSON.stringify(event), at }))
  yield* insertRows(sql, "outbox", rows)
})

/** Writes an event of the catalogue to the outbox, in the transaction of what it tells. */
export const writeEvent = (session: Session, organization: OrganizationId, event: StockEvent, at: number) =>
  writeEvents(session, organization, [event], at)
