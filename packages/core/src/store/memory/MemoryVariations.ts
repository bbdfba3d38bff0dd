import { Clock, Effect, Result } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { DuplicateName, UnknownReference } from "../../catalog/CatalogError.ts"
import type { Item } from "../../catalog/Item.ts"
import type { StockedVariation } from "../../catalog/lists.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { type NewVariation, type Variation, VariationId } from "../../catalog/Variation.ts"
import { sumOfLeaves } from "../../ledger/levels.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import type { CatalogChanged } from "../../stock/StockEvent.ts"
import { duplicateCode } from "./codes.ts"
import { changedAt, isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { writing } from "./once.ts"
import { bumpItem, findItem, leavesOf, stillInStock } from "./stocked.ts"
import { type Tables, writeEvent } from "./Tables.ts"

/** Adds a variation of an item, which then has variations. */
export const addVariation = (tables: Tables, item: Item, input: NewVariation, now: number): Variation => {
  const variation: Variation = {
    id: VariationId.make(tables.variations.size + 1),
    organization: item.organization,
    item: item.id,
    kind: input.kind ?? null,
    name: input.name,
    description: input.description ?? null,
    note: input.note ?? null,
    sku: input.sku ?? null,
    barcode: input.barcode ?? null,
    price: input.price ?? null,
    cost: input.cost ?? null,
    batchTracking: input.batchTracking ?? false,
    active: true,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
    createdBy: input.createdBy ?? null
  }
  tables.items.set(item.id, { ...item, hasVariations: true })
  return put(tables, variation, "VariationCreated", now)
}

const put = (tables: Tables, variation: Variation, tag: CatalogChanged["_tag"], now: number): Variation => {
  tables.variations.set(variation.id, variation)
  bumpItem(tables, variation.item)
  writeEvent(tables, variation.organization, { _tag: tag, id: variation.id }, now)
  return variation
}

type Named = Pick<NewVariation, "kind" | "name">
const sameName = (a: Named, b: Named) => a.name === b.name && (a.kind ?? null) === (b.kind ?? null)

/** Two variations of one item with one name. */
export const duplicateNameAmong = (variations: ReadonlyArray<Named>): DuplicateName | null => {
  const twice = variations.find((each, index) => variations.findIndex((other) => sameName(each, other)) < index)
  return twice === undefined ? null : new DuplicateName({ of: "variation", duplicate: twice.name })
}

type VariationDriver = Pick<
  CatalogDriver,
  "insertVariation" | "updateVariation" | "removeVariation" | "restoreVariation" | "variation" | "variations"
>

/** Variations in memory. */
export const memoryVariations = (tables: Tables): VariationDriver => {
  const find = (organization: OrganizationId, id: VariationId) => {
    const variation = tables.variations.get(id)
    return variation?.organization === organization ? variation : null
  }
  const duplicateName = (of: Named & Pick<Variation, "item">, except: VariationId | null) =>
    Array.from(tables.variations.values()).some(
      (each) => each.item === of.item && each.active && each.id !== except && sameName(each, of)
    )
      ? new DuplicateName({ of: "variation", duplicate: of.name })
      : null
  const setBatches = (variation: Variation, from: number | null, deletedAt: number | null) => {
    for (const [id, batch] of tables.batches) {
      if (batch.variation !== variation.id || batch.deletedAt !== from) continue
      tables.batches.set(id, { ...batch, active: deletedAt === null, deletedAt })
    }
  }
  const stocked = (variation: Variation, now: number): StockedVariation => {
    const item = tables.items.get(variation.item)
    return {
      ...variation,
      ...sumOfLeaves(leavesOf(tables, variation.item, now).filter((leaf) => leaf.variation === variation.id)),
      effectivePrice: variation.price ?? item?.unitPrice ?? null,
      effectiveCost: variation.cost ?? item?.unitCost ?? null
    }
  }

  return {
    insertVariation: (organization, id, input, how) =>
      writing(tables, organization, how, (now) => {
        const item = findItem(tables, organization, id)
        if (item === null || item.deletedAt !== null) return Result.succeed(null)
        const refusal = duplicateCode(tables, organization, input, {}) ?? duplicateName({ ...input, item: id }, null)
        return refusal === null ? Result.succeed(addVariation(tables, item, input, now)) : Result.fail(refusal)
      }),
    updateVariation: (organization, id, patch, how) =>
      writing(tables, organization, how, (now) => {
        const variation = find(organization, id)
        if (variation === null || !variation.active) return Result.succeed(null)
        if (isStale(variation, how)) return Result.fail(new ChangedMeanwhile())
        const changed = { ...variation, ...patch, updatedAt: changedAt(now, variation) }
        const refusal = duplicateCode(tables, organization, patch, { variation: id }) ?? duplicateName(changed, id)
        return refusal === null ? Result.succeed(put(tables, changed, "VariationUpdated", now)) : Result.fail(refusal)
      }),
    removeVariation: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const variation = find(organization, id)
        if (variation === null || !variation.active) return Result.succeed(null)
        if (isStale(variation, how)) return Result.fail(new ChangedMeanwhile())
        const refusal = stillInStock(tables, "variation", id, now, (leaf) => leaf.variation === id)
        if (refusal !== null) return Result.fail(refusal)
        const batches = Array.from(tables.batches.values()).filter((batch) => batch.variation === id)
        const at = Math.max(now, ...batches.map((batch) => (batch.deletedAt ?? 0) + 1))
        setBatches(variation, null, at)
        const removed = { ...variation, active: false, deletedAt: at, updatedAt: changedAt(now, variation) }
        return Result.succeed(put(tables, removed, "VariationDeleted", now))
      }),
    restoreVariation: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const variation = find(organization, id)
        if (variation === null || variation.active) return Result.succeed(variation)
        if (isStale(variation, how)) return Result.fail(new ChangedMeanwhile())
        const item = tables.items.get(variation.item)
        if (item?.deletedAt !== null) return Result.fail(new UnknownReference({ field: "item", id: variation.item }))
        const refusal = duplicateName(variation, id)
        if (refusal !== null) return Result.fail(refusal)
        setBatches(variation, variation.deletedAt, null)
        const restored = { ...variation, active: true, deletedAt: null, updatedAt: changedAt(now, variation) }
        return Result.succeed(put(tables, restored, "VariationRestored", now))
      }),
    variation: (organization, id) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const variation = find(organization, id)
        return variation === null ? null : stocked(variation, now)
      }),
    variations: ({ organization, items, active, search, ...page }) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const found = Array.from(tables.variations.values()).filter(
          (each) =>
            each.organization === organization &&
            (items === undefined || items.includes(each.item)) &&
            (active === undefined || each.active === active) &&
            (search === undefined || contains([each.name, each.sku, each.barcode], search))
        )
        const { rows, total } = listed(found, page)
        return { rows: rows.map((each) => stocked(each, now)), total }
      })
  }
}
