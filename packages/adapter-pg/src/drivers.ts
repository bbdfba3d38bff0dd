import type { PgClient } from "@effect/sql-pg/PgClient"
import {
  type Session,
  sqlCatalog,
  sqlDeliveries,
  sqlIdentity,
  sqlLedger,
  sqlReasons,
  sqlReplies
} from "@stockbook/adapter-sql"
import type {
  CatalogDriver,
  DeliveryDriver,
  IdentityDriver,
  LedgerDriver,
  ReasonDriver,
  ReplyDriver
} from "@stockbook/core"
import { readChanges, readHead } from "./ledger/changes.ts"

/** The drivers of a store but for its write path. */
export interface Drivers {
  readonly ledger: LedgerDriver
  readonly catalog: CatalogDriver
  readonly reasons: ReasonDriver
  readonly deliveries: DeliveryDriver
  readonly replies: ReplyDriver
  readonly identity: IdentityDriver["Service"]
}

/** The drivers over a session of this client. */
export const driversOf = (client: PgClient, session: Session): Drivers => ({
  ledger: {
    ...sqlLedger(session),
    changes: (organization, cursor, limit, only) =>
      session.snapshot(readChanges(client, organization, cursor, limit, only)),
    head: session.read(readHead(client))
  },
  catalog: sqlCatalog(session),
  reasons: sqlReasons(session),
  deliveries: sqlDeliveries(session),
  replies: sqlReplies(session),
  identity: sqlIdentity(session)
})
