import { Clock, Effect, Result } from "effect"
import type { CatalogDriver, ItemRefusal, ItemRule } from "../../catalog/CatalogDriver.ts"
import { DuplicateName } from "../../catalog/CatalogError.ts"
import { defaultLowStockThreshold, type Item, ItemId, type NewItem } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import type { CatalogChanged } from "../../stock/StockEvent.ts"
import { duplicateCode, duplicateCodeAmong } from "./codes.ts"
import { changedAt, isStale } from "./isStale.ts"
import { listItems, stockedItem } from "./itemList.ts"
import { currentTerms, resolveTerms, unknownTerm } from "./MemoryTerms.ts"
import { addVariation, duplicateNameAmong } from "./MemoryVariations.ts"
import { writing } from "./once.ts"
import { bumpItem, findItem, stillInStock } from "./stocked.ts"
import { type Tables, writeEvent } from "./Tables.ts"

type ItemDriver = Pick<
  CatalogDriver,
  "insertItems" | "updateItem" | "removeItem" | "restoreItem" | "item" | "itemBySku" | "items" | "byBarcode"
>

/** Items in memory. */
export const memoryItems = (tables: Tables): ItemDriver => ({
  insertItems: (organization, inputs, rule, how) =>
    writing(tables, organization, how, (now) => {
      const refusal = refuseNew(tables, organization, inputs, rule)
      if (refusal !== null) return Result.fail(refusal)
      return Result.succeed(inputs.map((input) => addItem(tables, organization, input, now)))
    }),
  updateItem: (organization, id, patch, rule, how) =>
    writing(tables, organization, how, (now) => {
      const item = findItem(tables, organization, id)
      if (item === null || item.deletedAt !== null) return Result.succeed(null)
      if (isStale(item, how)) return Result.fail(new ChangedMeanwhile())
      const refusal =
        duplicateCode(tables, organization, patch, { item: id }) ??
        duplicateName(tables, organization, [patch.name ?? item.name], rule, id) ??
        unknownTerm(tables, organization, patch, item)
      if (refusal !== null) return Result.fail(refusal)
      const terms = resolveTerms(tables, organization, patch, item, now)
      return put(tables, { ...item, ...patch, ...terms, updatedAt: changedAt(now, item) }, "ItemUpdated", now)
    }),
  removeItem: (organization, id, how) =>
    writing(tables, organization, how, (now) => {
      const item = findItem(tables, organization, id)
      if (item === null || item.deletedAt !== null) return Result.succeed(null)
      if (isStale(item, how)) return Result.fail(new ChangedMeanwhile())
      const refusal = stillInStock(tables, "item", id, now, (leaf) => leaf.item === id)
      if (refusal !== null) return Result.fail(refusal)
      const parts = partsOf(tables, id)
      // Later than any part was deleted by itself: restoring tells by this time what was deleted with the item.
      const at = Math.max(now, ...parts.map((part) => (part.deletedAt ?? 0) + 1))
      setParts(tables, id, (part) => part.deletedAt === null, at)
      return put(tables, { ...item, active: false, deletedAt: at, updatedAt: changedAt(now, item) }, "ItemDeleted", now)
    }),
  restoreItem: (organization, id, how) =>
    writing(tables, organization, how, (now) => {
      const item = findItem(tables, organization, id)
      if (item === null || item.deletedAt === null) return Result.succeed(item)
      if (isStale(item, how)) return Result.fail(new ChangedMeanwhile())
      setParts(tables, id, (part) => part.deletedAt === item.deletedAt, null)
      return put(
        tables,
        { ...item, active: true, deletedAt: null, updatedAt: changedAt(now, item) },
        "ItemRestored",
        now
      )
    }),
  item: (organization, id) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const item = findItem(tables, organization, id)
      return item === null ? null : stockedItem(tables, item, now)
    }),
  itemBySku: (organization, sku) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const item = Array.from(tables.items.values()).find(
        (each) => each.organization === organization && each.sku === sku
      )
      return item === undefined ? null : stockedItem(tables, item, now)
    }),
  items: (filter) => Effect.map(Clock.currentTimeMillis, (now) => listItems(tables, filter, now)),
  byBarcode: (organization, barcode) =>
    Effect.sync(() => {
      for (const item of tables.items.values()) {
        if (item.organization === organization && item.barcode === barcode) return { item: item.id, variation: null }
      }
      for (const { item, id, ...variation } of tables.variations.values()) {
        if (variation.organization === organization && variation.barcode === barcode) return { item, variation: id }
      }
      return null
    })
})

const refuseNew = (
  tables: Tables,
  organization: OrganizationId,
  inputs: ReadonlyArray<NewItem>,
  rule: ItemRule
): ItemRefusal | null => {
  const codes = inputs.flatMap((input) => [input, ...(input.variations ?? [])])
  const names = inputs.map(({ name }) => name)
  for (const input of inputs) {
    const refusal = unknownTerm(tables, organization, input, null) ?? duplicateNameAmong(input.variations ?? [])
    if (refusal !== null) return refusal
  }
  return duplicateCodeAmong(tables, organization, codes) ?? duplicateName(tables, organization, names, rule, null)
}

const duplicateName = (
  tables: Tables,
  organization: OrganizationId,
  names: ReadonlyArray<string>,
  { uniqueName }: ItemRule,
  except: ItemId | null
): DuplicateName | null => {
  if (!uniqueName) return null
  const seen = new Set<string>()
  for (const item of tables.items.values()) {
    if (item.organization === organization && item.deletedAt === null && item.id !== except) seen.add(item.name)
  }
  for (const name of names) {
    if (seen.has(name)) return new DuplicateName({ of: "item", duplicate: name })
    seen.add(name)
  }
  return null
}

const addItem = (tables: Tables, organization: OrganizationId, input: NewItem, now: number): Item => {
  const { lowStockThreshold = defaultLowStockThreshold, variations = [] } = input
  const item: Item = {
    id: ItemId.make(tables.items.size + 1),
    organization,
    name: input.name,
    sku: input.sku ?? null,
    barcode: input.barcode ?? null,
    description: input.description ?? null,
    note: input.note ?? null,
    kind: input.kind ?? null,
    unitPrice: input.unitPrice ?? null,
    unitCost: input.unitCost ?? null,
    ...resolveTerms(tables, organization, input, null, now),
    hasVariations: input.hasVariations === true || variations.length > 0,
    hasBatches: input.hasBatches ?? false,
    isKit: false,
    active: true,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
    createdBy: input.createdBy ?? null
  }
  tables.items.set(item.id, item)
  tables.stock.set(item.id, {
    organization,
    item: item.id,
    active: true,
    version: 0,
    openedAt: null,
    lowStockThreshold,
    alert: false,
    clock: now,
    available: 0,
    reserved: 0,
    committed: 0,
    quarantined: 0,
    negativeLimit: 0,
    details: null
  })
  writeEvent(tables, organization, { _tag: "ItemCreated", id: item.id }, now)
  for (const variation of variations) {
    addVariation(tables, item, { createdBy: item.createdBy, ...variation }, now)
  }
  return item
}

const put = (tables: Tables, item: Item, tag: CatalogChanged["_tag"], now: number) => {
  tables.items.set(item.id, item)
  bumpItem(tables, item.id, item.active)
  writeEvent(tables, item.organization, { _tag: tag, id: item.id }, now)
  return Result.succeed({ ...item, ...currentTerms(tables, item) })
}

type Part = { readonly item: ItemId; readonly deletedAt: number | null }

const partsOf = (tables: Tables, item: ItemId): ReadonlyArray<Part> =>
  [...tables.variations.values(), ...tables.batches.values()].filter((part) => part.item === item)

/** Deletes (or restores, at `null`) those variations and batches of an item. */
const setParts = (tables: Tables, item: ItemId, which: (part: Part) => boolean, deletedAt: number | null): void => {
  const active = deletedAt === null
  for (const [id, part] of tables.variations) {
    if (part.item === item && which(part)) tables.variations.set(id, { ...part, active, deletedAt })
  }
  for (const [id, part] of tables.batches) {
    if (part.item === item && which(part)) tables.batches.set(id, { ...part, active, deletedAt })
  }
}
