import {
  type Batch,
  BatchId,
  type CatalogDriver,
  DuplicateName,
  type How,
  type ItemId,
  type NewBatch,
  type OrganizationId,
  sumOfLeaves,
  UnknownReference,
  type VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { bumpItem, lockItem } from "./itemLock.ts"
import { checkEmpty, leavesOf } from "./leaves.ts"
import { writing } from "./once.ts"
import { type Cut, type PickedRow, pickPage, type Total } from "./pages.ts"
import { anyContains } from "./text.ts"

interface BatchRow extends Omit<Batch, "active" | "quarantined" | "variation"> {
  readonly variation: VariationId | 0
  readonly active: boolean | number
  readonly quarantined: boolean | number
}

const toBatch = (row: BatchRow): Batch => ({
  ...row,
  variation: row.variation === 0 ? null : row.variation,
  active: Boolean(row.active),
  quarantined: Boolean(row.quarantined)
})

const columns = `id, organization, item, variation, name, supplier_lot AS "supplierLot", cost, note,
  expires_at AS "expiresAt", best_before AS "bestBefore", manufactured_at AS "manufacturedAt", quarantined, active,
  deleted_at AS "deletedAt", created_at AS "createdAt", updated_at AS "updatedAt", created_by AS "createdBy"`

const batchRow = (batch: Batch) => ({
  organization: batch.organization,
  id: batch.id,
  item: batch.item,
  variation: batch.variation ?? 0,
  name: batch.name,
  supplier_lot: batch.supplierLot,
  cost: batch.cost,
  note: batch.note,
  expires_at: batch.expiresAt,
  best_before: batch.bestBefore,
  manufactured_at: batch.manufacturedAt,
  quarantined: batch.quarantined,
  active: batch.active,
  deleted_at: batch.deletedAt,
  created_at: batch.createdAt,
  updated_at: batch.updatedAt,
  created_by: batch.createdBy
})

type BatchDriver = Pick<
  CatalogDriver,
  "insertBatch" | "updateBatch" | "removeBatch" | "restoreBatch" | "batch" | "batches"
>

/** Batches over SQL. */
export const sqlBatches = (session: Session): BatchDriver => {
  const { sql } = session

  const find = (organization: OrganizationId, id: BatchId) =>
    Effect.map(
      sql<BatchRow>`SELECT ${sql.literal(columns)} FROM batches WHERE organization = ${organization} AND id = ${id}`,
      ([row]) => (row === undefined ? null : toBatch(row))
    )

  /** A batch as it is, with its item locked; `null` when there is none. */
  const locked = Effect.fnUntraced(function* (organization: OrganizationId, id: BatchId) {
    const found = yield* find(organization, id)
    if (found === null || !(yield* lockItem(session, organization, found.item))) return null
    return yield* find(organization, id)
  })

  /** Another's claim to the name. The unique index stands behind it. */
  const checkName = Effect.fnUntraced(function* (batch: Batch) {
    const taken = yield* sql`SELECT 1 FROM batches WHERE organization = ${batch.organization} AND item = ${batch.item}
      AND variation = ${batch.variation ?? 0} AND name = ${batch.name} AND active = ${true} AND id <> ${batch.id}`
    if (taken.length > 0) return yield* new DuplicateName({ of: "batch", duplicate: batch.name })
  })

  const checkVariation = Effect.fnUntraced(function* (
    organization: OrganizationId,
    item: ItemId,
    variation: VariationId | null
  ) {
    if (variation === null) return
    const there = yield* sql`SELECT 1 FROM variations
      WHERE organization = ${organization} AND id = ${variation} AND item = ${item} AND active = ${true}`
    if (there.length === 0) return yield* new UnknownReference({ field: "variation", id: variation })
  })

  const isThere = (organization: OrganizationId, item: ItemId) =>
    Effect.map(
      sql`SELECT 1 FROM items WHERE organization = ${organization} AND id = ${item} AND deleted_at IS NULL`,
      (rows) => rows.length > 0
    )

  const update = Effect.fnUntraced(function* (batch: Batch, tag: "BatchUpdated" | "BatchDeleted" | "BatchRestored") {
    const { organization, id, item: _, variation: __, created_at: ___, created_by: ____, ...row } = batchRow(batch)
    yield* sql`UPDATE batches SET ${sql.update(row)} WHERE organization = ${organization} AND id = ${id}`
    yield* bumpItem(session, organization, batch.item)
    yield* writeEvent(session, organization, { _tag: tag, id }, batch.updatedAt)
    return batch
  })

  const insert = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, input: NewBatch) {
    if (!(yield* lockItem(session, organization, item)) || !(yield* isThere(organization, item))) return null
    const { variation = null } = input
    yield* checkVariation(organization, item, variation)
    const now = yield* session.now
    const batch: Batch = {
      id: BatchId.make(yield* session.nextId("batch")),
      organization,
      item,
      variation,
      name: input.name,
      supplierLot: input.supplierLot ?? null,
      cost: input.cost ?? null,
      note: input.note ?? null,
      expiresAt: input.expiresAt ?? null,
      bestBefore: input.bestBefore ?? null,
      manufacturedAt: input.manufacturedAt ?? null,
      quarantined: input.quarantined ?? false,
      active: true,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
      createdBy: input.createdBy ?? null
    }
    yield* checkName(batch)
    yield* sql`INSERT INTO batches ${sql.insert(batchRow(batch))}`
    yield* sql`UPDATE items SET has_batches = ${true} WHERE organization = ${organization} AND id = ${item}`
    yield* bumpItem(session, organization, item)
    yield* writeEvent(session, organization, { _tag: "BatchCreated", id: batch.id }, now)
    return batch
  })

  const change = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: BatchId,
    patch: Parameters<BatchDriver["updateBatch"]>[2],
    how: How
  ) {
    const batch = yield* locked(organization, id)
    if (batch === null || !batch.active) return null
    yield* checkUnchanged(batch, how)
    const changed = { ...batch, ...patch, updatedAt: changedAt(yield* session.now, batch) }
    yield* checkName(changed)
    return yield* update(changed, "BatchUpdated")
  })

  const remove = Effect.fnUntraced(function* (organization: OrganizationId, id: BatchId, how: How) {
    const batch = yield* locked(organization, id)
    if (batch === null || !batch.active) return null
    yield* checkUnchanged(batch, how)
    yield* checkEmpty(session, organization, batch.item, "batch", id)
    const now = yield* session.now
    return yield* update({ ...batch, active: false, deletedAt: now, updatedAt: changedAt(now, batch) }, "BatchDeleted")
  })

  const restore = Effect.fnUntraced(function* (organization: OrganizationId, id: BatchId, how: How) {
    const batch = yield* locked(organization, id)
    if (batch === null || batch.active) return batch
    yield* checkUnchanged(batch, how)
    if (!(yield* isThere(organization, batch.item))) {
      return yield* new UnknownReference({ field: "item", id: batch.item })
    }
    yield* checkVariation(organization, batch.item, batch.variation)
    yield* checkName(batch)
    return yield* update(
      { ...batch, active: true, deletedAt: null, updatedAt: changedAt(yield* session.now, batch) },
      "BatchRestored"
    )
  })

  /** Batches that match, with their stock, in one snapshot. */
  const stocked = Effect.fnUntraced(function* (organization: OrganizationId, where: Fragment, then: Fragment) {
    const rows = yield* sql<BatchRow>`SELECT ${sql.literal(columns)} FROM batches
      WHERE organization = ${organization} AND ${where} ${then}`
    const items = Array.from(new Set(rows.map(({ item }) => item)))
    const leaves = yield* leavesOf(session, organization, items, yield* session.moment)
    const leavesByBatch = Map.groupBy(leaves, ({ batch }) => batch)
    return rows.map((row) => ({ ...toBatch(row), ...sumOfLeaves(leavesByBatch.get(row.id) ?? []) }))
  })

  return {
    insertBatch: (organization, item, input, how) =>
      writing(session, organization, how, insert(organization, item, input)),
    updateBatch: (organization, id, patch, how) =>
      writing(session, organization, how, change(organization, id, patch, how)),
    removeBatch: (organization, id, how) => writing(session, organization, how, remove(organization, id, how)),
    restoreBatch: (organization, id, how) => writing(session, organization, how, restore(organization, id, how)),
    batch: (organization, id) =>
      session.snapshot(Effect.map(stocked(organization, sql`id = ${id}`, sql``), ([row]) => row ?? null)),
    batches: ({ organization, items, variation, name, active, search, expiresBefore, offset, limit }) => {
      const clauses: Array<Fragment> = []
      if (items !== undefined) clauses.push(session.among("item", items))
      if (variation !== undefined) clauses.push(sql`variation = ${variation}`)
      if (name !== undefined) clauses.push(sql`name = ${name}`)
      if (active !== undefined) clauses.push(sql`active = ${active}`)
      if (expiresBefore !== undefined) clauses.push(sql`expires_at < ${expiresBefore}`)
      if (search !== undefined) clauses.push(anyContains(session, ["name", "supplier_lot"], search))
      const where = clauses.length === 0 ? sql`1 = 1` : sql.and(clauses)
      const matching = sql`FROM batches WHERE organization = ${organization} AND ${where}`
      const picks = ({ offset, limit, backwards }: Cut<BatchId>) =>
        sql<PickedRow<BatchId>>`SELECT id, NULL AS total ${matching}
          ORDER BY id ${sql.literal(backwards ? "DESC" : "ASC")} LIMIT ${limit} OFFSET ${offset}`
      const tallied = session.keepsTallies && clauses.length === (active === undefined ? 0 : 1)
      const count = tallied
        ? sql<Total>`SELECT CAST(coalesce(sum(batches), 0) AS BIGINT) AS total FROM batch_tallies
            WHERE organization = ${organization} AND ${where}`
        : sql<Total>`SELECT count(*) AS total ${matching}`
      return session.snapshot(
        Effect.gen(function* () {
          const { ids, total } = yield* pickPage({ offset, limit }, picks, count, { searching: false, tallied })
          const rows = ids.length === 0 ? [] : yield* stocked(organization, session.among("id", ids), sql`ORDER BY id`)
          return { rows, total }
        })
      )
    }
  }
}
