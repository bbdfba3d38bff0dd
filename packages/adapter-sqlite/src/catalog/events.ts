import type { OrganizationId, StockEvent } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import { nextId } from "./ids.ts"

/** Writes an event of the catalogue to the outbox, in the transaction of what it tells. */
export const writeEvent = Effect.fnUntraced(function* (
  sql: SqlClient,
  organization: OrganizationId,
  event: StockEvent,
  at: number
) {
  const id = yield* nextId(sql, "ledger")
  yield* sql`INSERT INTO outbox (organization, id, event, at)
    VALUES (${organization}, ${id}, ${JSON.stringify(event)}, ${at})`
})
