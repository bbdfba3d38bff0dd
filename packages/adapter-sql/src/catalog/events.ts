import type { OrganizationId, StockEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

/** Writes an event of the catalogue to the outbox, in the transaction of what it tells. */
export const writeEvent = Effect.fnUntraced(function* (
  { sql, nextId }: Session,
  organization: OrganizationId,
  event: StockEvent,
  at: number
) {
  const id = yield* nextId("ledger")
  yield* sql`INSERT INTO outbox (organization, id, event, at)
    VALUES (${organization}, ${id}, ${JSON.stringify(event)}, ${at})`
})
