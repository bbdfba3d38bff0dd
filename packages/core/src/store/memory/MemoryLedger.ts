import { Clock, Effect } from "effect"
import type { ItemId } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { documentName, type StockDocument, wordsOf } from "../../documents/Document.ts"
import { replay } from "../../ledger/asOf.ts"
import { sumFlows } from "../../ledger/flows.ts"
import type {
  Change,
  DocumentFilter,
  LedgerDriver,
  MovementFilter,
  Page,
  StoredItem
} from "../../ledger/LedgerDriver.ts"
import { orderTotals } from "../../ledger/OrderTotals.ts"
import { passageOf } from "../../ledger/passage.ts"
import { scopedName } from "../../rules/State.ts"
import { type Hold, holdStatus, isDue } from "../../stock/Hold.ts"
import type { Movement } from "../../stock/Movement.ts"
import { serialName } from "../../stock/Serial.ts"
import { contains } from "./lists.ts"
import { barredOf, isBarred } from "./stocked.ts"
import type { Tables } from "./Tables.ts"

/** The reading side in memory. */
export const memoryLedger = (tables: Tables): LedgerDriver => {
  const stored = (organization: OrganizationId, item: ItemId, now: number): StoredItem | null => {
    const stock = tables.stock.get(item)
    if (stock === undefined || stock.organization !== organization) return null
    const due = Array.from(tables.openHolds.get(item)?.expiring ?? [], (id) => tables.holds.get(id))
    return {
      stock,
      balances: Array.from(tables.balances.get(item)?.values() ?? []),
      barred: barredOf(tables, item, now),
      due: due.filter((hold) => hold !== undefined && isDue(hold, now)) as Array<Hold>
    }
  }
  const movementsOf = (filter: MovementFilter): Iterable<Movement> =>
    (filter.item === undefined ? tables.movements : (tables.movementsByItem.get(filter.item) ?? [])).filter(
      (movement) => matches(tables, movement, filter)
    )

  return {
    now: Clock.currentTimeMillis,
    item: (organization, item) => Effect.map(Clock.currentTimeMillis, (now) => stored(organization, item, now)),
    hold: (organization, target) =>
      Effect.sync(() => {
        const id = "id" in target ? target.id : tables.references.get(scopedName(organization, target.reference))
        const hold = id === undefined ? undefined : tables.holds.get(id)
        return hold?.organization === organization ? hold : null
      }),
    holds: (filter, page) =>
      Effect.sync(() =>
        paged(
          Array.from(tables.holds.values()).filter(
            (hold) =>
              hold.organization === filter.organization &&
              (filter.item === undefined || hold.lines.some((line) => line.item === filter.item)) &&
              (filter.status === undefined || holdStatus(hold) === filter.status)
          ),
          page
        )
      ),
    expiringHolds: (organization, { from, until, limit }) =>
      Effect.sync(() =>
        Array.from(tables.holds.values())
          .filter((hold) => hold.organization === organization && hold.lines.some((line) => line.reserved > 0))
          .flatMap((hold) => (hold.expiresAt === null ? [] : [{ hold, at: hold.expiresAt }]))
          .filter(({ at }) => at > from && at <= until)
          .sort((one, other) => one.at - other.at || one.hold.id - other.hold.id)
          .slice(0, limit)
          .map(({ hold }) => hold)
      ),
    movements: (filter, page) => Effect.sync(() => paged(Array.from(movementsOf(filter)), page)),
    countMovements: (filter) => Effect.sync(() => Array.from(movementsOf(filter)).length),
    sumMovements: (filter) => Effect.sync(() => sumFlows(movementsOf(filter))),
    lastMovements: (organization, items, at) =>
      Effect.sync(() =>
        items
          .toSorted((a, b) => a - b)
          .flatMap((item) => {
            const last = ledgerOf(tables, organization, item, at).at(-1)
            return last === undefined
              ? []
              : [{ item, movement: last.id, available: last.availableAfter, onHand: last.onHandAfter }]
          })
      ),
    leavesAsOf: (organization, items, at, location) =>
      Effect.sync(() =>
        items
          .toSorted((a, b) => a - b)
          .flatMap((item) =>
            replay(ledgerOf(tables, organization, item, at))
              .filter((leaf) => location === null || leaf.location === location)
              .toSorted(
                (a, b) =>
                  a.location - b.location || (a.variation ?? 0) - (b.variation ?? 0) || (a.batch ?? 0) - (b.batch ?? 0)
              )
          )
      ),
    document: (organization, target) =>
      Effect.sync(() => {
        const id =
          "id" in target
            ? target.id
            : tables.documentReferences.get(documentName(organization, target.kind, target.reference))
        const document = id === undefined ? undefined : tables.documents.get(id)
        return document?.organization === organization ? document : null
      }),
    documents: (filter, page) => Effect.sync(() => paged(documentsOf(tables, filter), page)),
    countDocuments: (filter) => Effect.sync(() => documentsOf(tables, filter).length),
    lastSupplied: (organization, items) =>
      Effect.sync(() =>
        items.flatMap((item) => {
          const last = tables.movementsByItem.get(item)?.findLast(({ from }) => from === "supplier")
          return last?.organization === organization ? [{ item, at: last.at }] : []
        })
      ),
    orderTotals: (organization) =>
      Effect.sync(() => orderTotals(documentsOf(tables, { organization }).filter((document) => "side" in document))),
    serial: (organization, item, serial) =>
      Effect.sync(() => {
        const found = tables.serials.get(serialName(item, serial))
        return found?.organization === organization ? found : null
      }),
    dueHolds: (limit) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        Array.from(tables.holds.values())
          .filter((hold) => isDue(hold, now) && hold.lines.some((line) => line.reserved > 0))
          .sort((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0))
          .slice(0, limit)
          .map(({ organization, id }) => ({ organization, id }))
      ),
    dueBatches: (since, limit) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        Array.from(tables.batches.values())
          .filter((batch) => isBarred(batch, now) && Math.max(batch.expiresAt ?? 0, batch.updatedAt) > since)
          .filter(({ item, id }) =>
            Array.from(tables.balances.get(item)?.values() ?? []).some(
              (leaf) => leaf.batch === id && leaf.available > 0
            )
          )
          .filter(({ item }, index, all) => all.findIndex((other) => other.item === item) === index)
          .slice(0, limit)
          .map(({ organization, item }) => ({ organization, id: item }))
      ),
    itemIds: (organization, after, limit) =>
      Effect.sync(() =>
        Array.from(tables.items.values())
          .filter((item) => (organization === null || item.organization === organization) && item.id > after)
          .sort((a, b) => a.id - b.id)
          .slice(0, limit)
          .map((item) => ({ organization: item.organization, id: item.id }))
      ),
    everything: (organization, item) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const found = stored(organization, item, now)
        return found === null
          ? null
          : {
              ...found,
              holds: Array.from(tables.holds.values()).filter((hold) => hold.lines.some((line) => line.item === item)),
              documents: Array.from(tables.documentsByItem.get(item) ?? [], (id) => tables.documents.get(id)).filter(
                (document) => document !== undefined
              ),
              serials: Array.from(tables.serials.values()).filter((serial) => serial.item === item),
              movements: tables.movementsByItem.get(item) ?? []
            }
      }),
    changes: (organization, cursor, limit, only) =>
      Effect.sync(() => {
        const after = cursor === "" ? 0 : Number(cursor)
        const changes: Array<Change> = [
          ...(only === "events" ? [] : tables.movements).map(
            (movement): Change => ({ _tag: "Movement", id: movement.id, movement })
          ),
          ...tables.events.map((event): Change => ({ _tag: "Event", id: event.id, event }))
        ]
          .filter((change) => change.id > after)
          .filter((change) => organization === null || organizationOf(change) === organization)
          .sort((a, b) => a.id - b.id)
          .slice(0, limit)
        return { changes, cursor: String(changes.at(-1)?.id ?? cursor) }
      }),
    head: Effect.sync(() => String(tables.nextId - 1)),
    savedCursor: (subscriber) => Effect.sync(() => tables.subscriptions.get(subscriber)?.cursor ?? null),
    claim: (subscriber, worker, millis, from = "") =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const turn = tables.subscriptions.get(subscriber) ?? { cursor: from, worker: null, until: 0 }
        if (turn.worker !== null && turn.worker !== worker && turn.until > now) return null
        tables.subscriptions.set(subscriber, { cursor: turn.cursor, worker, until: now + millis })
        return turn.cursor
      }),
    saveCursor: (subscriber, worker, cursor) =>
      Effect.sync(() => {
        const turn = tables.subscriptions.get(subscriber)
        if (turn?.worker !== worker) return false
        turn.cursor = cursor
        return true
      }),
    yieldTurn: (subscriber, worker) =>
      Effect.sync(() => {
        const turn = tables.subscriptions.get(subscriber)
        if (turn?.worker === worker) turn.worker = null
      })
  }
}

/** An item's movements up to and including an instant. */
const ledgerOf = (tables: Tables, organization: OrganizationId, item: ItemId, at: number): ReadonlyArray<Movement> =>
  (tables.movementsByItem.get(item) ?? []).filter(
    (movement) => movement.organization === organization && movement.at <= at
  )

const organizationOf = (change: Change) =>
  change._tag === "Movement" ? change.movement.organization : change.event.organization

const matches = (tables: Tables, movement: Movement, filter: MovementFilter): boolean =>
  movement.organization === filter.organization &&
  (filter.item === undefined || movement.item === filter.item) &&
  (filter.location === undefined ||
    [movement.from, movement.to].some((end) => typeof end !== "string" && end.location === filter.location)) &&
  (filter.reason === undefined || movement.reason === filter.reason) &&
  (filter.reference === undefined || movement.reference === filter.reference) &&
  (filter.hold === undefined || movement.hold === filter.hold) &&
  (filter.from === undefined || movement.at >= filter.from) &&
  (filter.until === undefined || movement.at < filter.until) &&
  (filter.effectiveFrom === undefined || effectiveAt(movement) >= filter.effectiveFrom) &&
  (filter.effectiveUntil === undefined || effectiveAt(movement) < filter.effectiveUntil) &&
  (filter.search === undefined || contains([movement.reference, movement.note], filter.search)) &&
  (filter.passage === undefined || passes(tables, movement, filter.passage))

const passes = (tables: Tables, movement: Movement, wanted: NonNullable<MovementFilter["passage"]>): boolean => {
  const organization = tables.organizations.get(movement.organization)
  const passage = organization === undefined ? null : passageOf(movement, organization.transit)
  return passage !== null && (wanted === "any" || passage === wanted)
}

const effectiveAt = ({ details, at }: Movement): number => details?.effectiveAt ?? at

const documentsOf = (tables: Tables, filter: DocumentFilter): Array<StockDocument> => {
  const { organization, kind, item, from, to, partner, createdFrom, createdUntil, search } = filter
  const statuses = filter.status === undefined ? null : [filter.status].flat()
  return Array.from(tables.documents.values()).filter(
    (document) =>
      document.organization === organization &&
      (kind === undefined || document.kind === kind) &&
      (statuses === null || statuses.includes(document.status)) &&
      (item === undefined || document.items.includes(item)) &&
      (from === undefined || (document.kind === "transfer" && document.from === from)) &&
      (to === undefined || (document.kind === "transfer" && document.to === to)) &&
      (partner === undefined || ("partner" in document && document.partner === partner)) &&
      (createdFrom === undefined || document.createdAt >= createdFrom) &&
      (createdUntil === undefined || document.createdAt < createdUntil) &&
      (search === undefined || contains([wordsOf(document)], search))
  )
}

const paged = <Row extends { readonly id: number }>(
  rows: Array<Row>,
  { after, limit, order, offset = 0 }: Page
): Array<Row> =>
  rows
    .sort((a, b) => (order === "oldest" ? a.id - b.id : b.id - a.id))
    .filter((row) => after === undefined || (order === "oldest" ? row.id > after : row.id < after))
    .slice(offset, offset + limit)
