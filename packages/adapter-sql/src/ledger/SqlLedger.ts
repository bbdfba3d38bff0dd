import type { BatchId, Hold, HoldId, ItemId, LedgerDriver, OrganizationId, StoredItem } from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import { type DocumentRow, toDocument } from "../rows/DocumentRow.ts"
import { type HoldRow, toHold, toHolds } from "../rows/HoldRow.ts"
import { type SerialRow, toSerial } from "../rows/SerialRow.ts"
import { type ItemStockRow, type LeafRow, toBalance, toStock } from "../rows/StockRows.ts"
import type { Session } from "../Session.ts"
import { readFlows, readLeavesAsOf, readMarks } from "./asOfQueries.ts"
import { countDocuments, readDocument, readDocuments } from "./documentQueries.ts"
import { expiringHolds, holdsMatching } from "./holdQueries.ts"
import { movementCounts } from "./movementCounts.ts"
import { readLastSupplied, readMovements } from "./movementQueries.ts"
import { readOrderTotals } from "./orderQueries.ts"

/** The reading side over SQL, but for the feed: in what order changes become visible is each database's own. */
export const sqlLedger = (session: Session): Omit<LedgerDriver, "changes" | "head"> => {
  const { sql } = session
  const count = movementCounts(session)

  const stored = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, now: Fragment) {
    const [row] = yield* sql<ItemStockRow>`SELECT i.active, s.version, s.opened_at, s.low_stock_threshold, s.alert,
        s.clock, s.available, s.reserved, s.committed, s.quarantined, s.negative_limit, s.details
      FROM item_stock s JOIN items i ON i.organization = s.organization AND i.id = s.item
      WHERE s.organization = ${organization} AND s.item = ${item}`
    if (row === undefined) return null
    const leaves =
      yield* sql<LeafRow>`SELECT location, variation, batch, available, reserved, committed, quarantined, negative_limit
      FROM balances WHERE organization = ${organization} AND item = ${item}`
    const due = yield* sql<HoldRow>`SELECT * FROM hold_lines WHERE organization = ${organization} AND hold IN (
        SELECT hold FROM hold_lines WHERE organization = ${organization} AND item = ${item}
          AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now})
      ORDER BY hold, line`
    const barred = leaves.every(({ batch }) => batch === 0)
      ? []
      : yield* sql<{ readonly id: BatchId }>`SELECT id FROM batches WHERE organization = ${organization}
          AND item = ${item} AND (quarantined OR expires_at <= ${now})`
    const found: StoredItem = {
      stock: toStock(organization, item, row),
      balances: leaves.map((leaf) => toBalance(organization, item, leaf)),
      due: toHolds(due),
      barred: barred.map(({ id }) => id)
    }
    return found
  })

  const holdById = (organization: OrganizationId, id: HoldId) =>
    Effect.map(
      sql<HoldRow>`SELECT * FROM hold_lines WHERE organization = ${organization} AND hold = ${id} ORDER BY line`,
      toHold
    )

  /** A reference's live hold; with none, the last of those it named. */
  const holdByReference = Effect.fnUntraced(function* (organization: OrganizationId, reference: string) {
    const [live] = yield* sql<{
      readonly hold: HoldId
    }>`SELECT hold FROM hold_lines WHERE organization = ${organization}
      AND reference = ${reference} AND line = 0 AND status IN ('open', 'fulfilled')`
    if (live !== undefined) return yield* holdById(organization, live.hold)
    const [past] = yield* sql<{
      readonly hold: HoldId
    }>`SELECT hold FROM hold_lines WHERE organization = ${organization}
      AND reference = ${reference} AND status IN ('expired', 'released') ORDER BY hold DESC LIMIT 1`
    return past === undefined ? null : yield* holdById(organization, past.hold)
  })

  return {
    now: session.read(session.now),
    item: (organization, item) =>
      Effect.flatMap(session.moment, (now) => session.snapshot(stored(organization, item, now))),
    hold: (organization, target) =>
      "id" in target
        ? session.read(holdById(organization, target.id))
        : session.snapshot(holdByReference(organization, target.reference)),
    holds: (filter, page) => session.read(Effect.map(holdsMatching(sql, filter, page), toHolds)),
    expiringHolds: (organization, window) =>
      session.read(Effect.map(expiringHolds(sql, organization, window), toHolds)),
    movements: (filter, page) => session.read(readMovements(session, filter, page)),
    countMovements: (filter) => session.read(count(filter)),
    sumMovements: (filter) => session.read(readFlows(session, filter)),
    lastMovements: (organization, items, at) => session.read(readMarks(session, organization, items, at)),
    leavesAsOf: (organization, items, at, location) =>
      session.read(readLeavesAsOf(session, organization, items, at, location)),
    document: (organization, target) => session.read(readDocument(sql, organization, target)),
    documents: (filter, page) => session.read(readDocuments(session, filter, page)),
    countDocuments: (filter) => session.read(countDocuments(session, filter)),
    lastSupplied: (organization, items) => session.read(readLastSupplied(sql, organization, items)),
    orderTotals: (organization) => session.read(readOrderTotals(sql, organization)),
    serial: (organization, item, serial) =>
      session.read(
        Effect.map(
          sql<SerialRow>`SELECT * FROM serials
            WHERE organization = ${organization} AND item = ${item} AND serial = ${serial}`,
          ([row]) => (row === undefined ? null : toSerial(row))
        )
      ),
    dueHolds: (limit) =>
      Effect.flatMap(session.moment, (now) =>
        session.read(
          sql<{ readonly organization: OrganizationId; readonly id: HoldId }>`SELECT organization, hold AS id
            FROM hold_lines WHERE reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}
            GROUP BY expires_at, organization, hold ORDER BY expires_at LIMIT ${limit}`
        )
      ),
    dueBatches: (since, limit) =>
      Effect.flatMap(session.moment, (now) =>
        session.read(
          sql<{ readonly organization: OrganizationId; readonly id: ItemId }>`SELECT due.organization, due.item AS id
            FROM (SELECT organization, id, item FROM batches WHERE expires_at > ${since} AND expires_at <= ${now}
              UNION SELECT organization, id, item FROM batches
              WHERE updated_at > ${since} AND (quarantined OR expires_at IS NOT NULL)
                AND (quarantined OR expires_at <= ${now})) due
            JOIN balances l ON l.organization = due.organization AND l.item = due.item AND l.batch = due.id
              AND l.available > 0
            GROUP BY due.organization, due.item LIMIT ${limit}`
        )
      ),
    itemIds: (organization, after, limit) =>
      session.read(
        organization === null
          ? sql<{ readonly organization: OrganizationId; readonly id: ItemId }>`SELECT organization, id FROM items
              WHERE id > ${after} ORDER BY id LIMIT ${limit}`
          : sql<{ readonly organization: OrganizationId; readonly id: ItemId }>`SELECT organization, id FROM items
              WHERE organization = ${organization} AND id > ${after} ORDER BY id LIMIT ${limit}`
      ),
    everything: (organization, item) =>
      Effect.flatMap(session.moment, (now) =>
        session.snapshot(
          Effect.gen(function* () {
            const found = yield* stored(organization, item, now)
            if (found === null) return null
            const holds: ReadonlyArray<Hold> = toHolds(
              yield* sql<HoldRow>`SELECT * FROM hold_lines WHERE organization = ${organization} AND hold IN (
                  SELECT hold FROM hold_lines WHERE organization = ${organization} AND item = ${item})
                ORDER BY hold, line`
            )
            const movements = yield* readMovements(session, { organization, item }, null)
            const documents = yield* sql<DocumentRow>`SELECT * FROM documents WHERE organization = ${organization}
              AND id IN (SELECT document FROM document_items WHERE organization = ${organization} AND item = ${item})
              ORDER BY id`
            const serials = yield* sql<SerialRow>`SELECT * FROM serials
              WHERE organization = ${organization} AND item = ${item} ORDER BY serial`
            return { ...found, holds, documents: documents.map(toDocument), serials: serials.map(toSerial), movements }
          })
        )
      ),
    savedCursor: (subscriber) =>
      session.read(
        Effect.map(
          sql<{ readonly cursor: string }>`SELECT cursor FROM subscriptions WHERE name = ${subscriber}`,
          ([row]) => row?.cursor ?? null
        )
      ),
    claim: (subscriber, worker, millis, from = "") =>
      Effect.flatMap(session.moment, (now) =>
        session.write(
          Effect.map(
            sql<{ readonly cursor: string }>`INSERT INTO subscriptions (name, cursor, worker, leased_until)
              VALUES (${subscriber}, ${from}, ${worker}, ${now} + ${millis})
              ON CONFLICT (name) DO UPDATE SET worker = excluded.worker, leased_until = excluded.leased_until
                WHERE subscriptions.worker IS NULL OR subscriptions.worker = excluded.worker
                  OR subscriptions.leased_until <= ${now}
              RETURNING cursor`,
            ([row]) => row?.cursor ?? null
          )
        )
      ),
    saveCursor: (subscriber, worker, cursor) =>
      session.write(
        Effect.map(
          sql<{ readonly name: string }>`UPDATE subscriptions SET cursor = ${cursor}
            WHERE name = ${subscriber} AND worker = ${worker} RETURNING name`,
          (rows) => rows.length === 1
        )
      ),
    yieldTurn: (subscriber, worker) =>
      session.write(
        sql`UPDATE subscriptions SET worker = NULL, leased_until = NULL
          WHERE name = ${subscriber} AND worker = ${worker}`.pipe(Effect.asVoid)
      )
  }
}
