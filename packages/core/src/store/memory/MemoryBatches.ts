import { Clock, Effect, Result } from "effect"
import { type Batch, BatchId } from "../../catalog/Batch.ts"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { DuplicateName, UnknownReference } from "../../catalog/CatalogError.ts"
import type { StockedBatch } from "../../catalog/lists.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { sumOfLeaves } from "../../ledger/levels.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import type { CatalogChanged } from "../../stock/StockEvent.ts"
import { changedAt, isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { writing } from "./once.ts"
import { bumpItem, findItem, leavesOf, stillInStock } from "./stocked.ts"
import { type Tables, writeEvent } from "./Tables.ts"

type BatchDriver = Pick<
  CatalogDriver,
  "insertBatch" | "updateBatch" | "removeBatch" | "restoreBatch" | "batch" | "batches"
>

/** Batches in memory. */
export const memoryBatches = (tables: Tables): BatchDriver => {
  const find = (organization: OrganizationId, id: BatchId) => {
    const batch = tables.batches.get(id)
    return batch?.organization === organization ? batch : null
  }
  const duplicateName = (of: Pick<Batch, "item" | "variation" | "name">, except: BatchId | null) =>
    Array.from(tables.batches.values()).some(
      (each) =>
        each.item === of.item &&
        each.variation === of.variation &&
        each.active &&
        each.id !== except &&
        each.name === of.name
    )
      ? new DuplicateName({ of: "batch", duplicate: of.name })
      : null
  const put = (batch: Batch, tag: CatalogChanged["_tag"], now: number) => {
    tables.batches.set(batch.id, batch)
    bumpItem(tables, batch.item)
    writeEvent(tables, batch.organization, { _tag: tag, id: batch.id }, now)
    return Result.succeed(batch)
  }
  const stocked = (batch: Batch, now: number): StockedBatch => ({
    ...batch,
    ...sumOfLeaves(leavesOf(tables, batch.item, now).filter((leaf) => leaf.batch === batch.id))
  })

  return {
    insertBatch: (organization, id, input, how) =>
      writing(tables, organization, how, (now) => {
        const item = findItem(tables, organization, id)
        if (item === null || item.deletedAt !== null) return Result.succeed(null)
        const { variation = null } = input
        const of = variation === null ? undefined : tables.variations.get(variation)
        if (variation !== null && (of?.item !== id || !of.active)) {
          return Result.fail(new UnknownReference({ field: "variation", id: variation }))
        }
        const refusal = duplicateName({ item: id, variation, name: input.name }, null)
        if (refusal !== null) return Result.fail(refusal)
        tables.items.set(id, { ...item, hasBatches: true })
        const batch: Batch = {
          id: BatchId.make(tables.batches.size + 1),
          organization,
          item: id,
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
        return put(batch, "BatchCreated", now)
      }),
    updateBatch: (organization, id, patch, how) =>
      writing(tables, organization, how, (now) => {
        const batch = find(organization, id)
        if (batch === null || !batch.active) return Result.succeed(null)
        if (isStale(batch, how)) return Result.fail(new ChangedMeanwhile())
        const changed = { ...batch, ...patch, updatedAt: changedAt(now, batch) }
        const refusal = duplicateName(changed, id)
        return refusal === null ? put(changed, "BatchUpdated", now) : Result.fail(refusal)
      }),
    removeBatch: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const batch = find(organization, id)
        if (batch === null || !batch.active) return Result.succeed(null)
        if (isStale(batch, how)) return Result.fail(new ChangedMeanwhile())
        const refusal = stillInStock(tables, "batch", id, now, (leaf) => leaf.batch === id)
        if (refusal !== null) return Result.fail(refusal)
        return put({ ...batch, active: false, deletedAt: now, updatedAt: changedAt(now, batch) }, "BatchDeleted", now)
      }),
    restoreBatch: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const batch = find(organization, id)
        if (batch === null || batch.active) return Result.succeed(batch)
        if (isStale(batch, how)) return Result.fail(new ChangedMeanwhile())
        const { item, variation } = batch
        if (tables.items.get(item)?.deletedAt !== null)
          return Result.fail(new UnknownReference({ field: "item", id: item }))
        if (variation !== null && tables.variations.get(variation)?.active !== true) {
          return Result.fail(new UnknownReference({ field: "variation", id: variation }))
        }
        const refusal = duplicateName(batch, id)
        return refusal === null
          ? put({ ...batch, active: true, deletedAt: null, updatedAt: changedAt(now, batch) }, "BatchRestored", now)
          : Result.fail(refusal)
      }),
    batch: (organization, id) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const batch = find(organization, id)
        return batch === null ? null : stocked(batch, now)
      }),
    batches: ({ organization, items, variation, name, active, search, expiresBefore, ...page }) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const found = Array.from(tables.batches.values()).filter(
          (each) =>
            each.organization === organization &&
            (items === undefined || items.includes(each.item)) &&
            (variation === undefined || each.variation === variation) &&
            (name === undefined || each.name === name) &&
            (active === undefined || each.active === active) &&
            (expiresBefore === undefined || (each.expiresAt !== null && each.expiresAt < expiresBefore)) &&
            (search === undefined || contains([each.name, each.supplierLot], search))
        )
        const { rows, total } = listed(found, page)
        return { rows: rows.map((each) => stocked(each, now)), total }
      })
  }
}
