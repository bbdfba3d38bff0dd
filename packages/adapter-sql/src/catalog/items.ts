import {
  type CatalogDriver,
  DuplicateName,
  defaultLowStockThreshold,
  type How,
  type Item,
  ItemId,
  type ItemRule,
  type NewItem,
  type OrganizationId,
  type StockEvent,
  type VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { checkCodes, checkNewCodes, findTaken } from "./codes.ts"
import { writeEvent, writeEvents } from "./events.ts"
import { insertNewRows, insertRows } from "./insertRows.ts"
import { itemLists } from "./itemLists.ts"
import { bumpItem, lockItem } from "./itemLock.ts"
import { type ItemRow, itemColumns, type StockedItemRow, selectItems, toItem, withTerms } from "./itemQueries.ts"
import { checkEmpty } from "./leaves.ts"
import { writing } from "./once.ts"
import { deleteParts, latestDeletion, restoreParts } from "./parts.ts"
import { termResolver } from "./terms.ts"
import { checkNamesAmong, insertVariations } from "./variations.ts"

type ItemDriver = Pick<
  CatalogDriver,
  "insertItems" | "updateItem" | "removeItem" | "restoreItem" | "item" | "itemBySku" | "items" | "byBarcode"
>

/** Items over SQL. */
export const sqlItems = (session: Session): ItemDriver => {
  const { sql } = session

  const insertItems = Effect.fnUntraced(function* (
    organization: OrganizationId,
    inputs: ReadonlyArray<NewItem>,
    rule: ItemRule
  ) {
    yield* checkNewCodes(
      session,
      organization,
      inputs,
      inputs.flatMap((input) => input.variations ?? [])
    )
    yield* checkNames(
      session,
      organization,
      inputs.map(({ name }) => name),
      rule,
      0
    )
    for (const { variations } of inputs) yield* checkNamesAmong(variations ?? [])
    const resolve = termResolver(session, organization)
    const now = yield* session.now
    const ids = yield* session.nextIds("item", inputs.length)
    const items: Array<Item> = []
    for (const [index, input] of inputs.entries()) {
      const id = ItemId.make(ids[index] ?? 0)
      items.push({ ...newItem(organization, id, input, now), ...(yield* resolve(input, null)) })
    }
    if (!(yield* insertNewRows(sql, "items", items.map(itemRow)))) {
      yield* findTaken(session, organization, inputs)
      return yield* Effect.die(new Error("An item was not made although its codes are free"))
    }
    yield* insertRows(
      sql,
      "item_stock",
      inputs.map((input, index) => stockRow(organization, ids[index] ?? 0, input, now))
    )
    const events = items.map(({ id }): StockEvent => ({ _tag: "ItemCreated", id }))
    yield* writeEvents(session, organization, events, now)
    const variations = inputs.flatMap((input, index) =>
      (input.variations ?? []).map((variation) => ({
        createdBy: input.createdBy ?? null,
        ...variation,
        item: ItemId.make(ids[index] ?? 0)
      }))
    )
    if (variations.length > 0) yield* insertVariations(session, organization, variations, now)
    return items
  })

  /** A locked item as it is; `null` when there is none. */
  const locked = Effect.fnUntraced(function* (organization: OrganizationId, id: ItemId) {
    if (!(yield* lockItem(session, organization, id))) return null
    const [row] = yield* sql<ItemRow>`SELECT ${sql.literal(itemColumns)} FROM items i ${withTerms(sql, organization)}
      WHERE i.organization = ${organization} AND i.id = ${id}`
    return row === undefined ? null : toItem(row)
  })

  /** Writes a locked item that has changed. */
  const update = Effect.fnUntraced(function* (item: Item, tag: "ItemUpdated" | "ItemDeleted" | "ItemRestored") {
    const { organization, id, created_at: _, created_by: __, ...row } = itemRow(item)
    yield* sql`UPDATE items SET ${sql.update(row)} WHERE organization = ${organization} AND id = ${id}`
    yield* sql`UPDATE item_stock SET active = ${item.active} WHERE organization = ${organization} AND item = ${id}`
    yield* bumpItem(session, organization, item.id)
    yield* writeEvent(session, organization, { _tag: tag, id }, item.updatedAt)
    return item
  })

  const updateItem = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: ItemId,
    patch: Parameters<ItemDriver["updateItem"]>[2],
    rule: ItemRule,
    how: How
  ) {
    const item = yield* locked(organization, id)
    if (item === null || item.deletedAt !== null) return null
    yield* checkUnchanged(item, how)
    yield* checkCodes(session, organization, [patch], { of: "item", id })
    yield* checkNames(session, organization, [patch.name ?? item.name], rule, id)
    const terms = yield* termResolver(session, organization)(patch, item)
    const now = yield* session.now
    return yield* update({ ...item, ...patch, ...terms, updatedAt: changedAt(now, item) }, "ItemUpdated")
  })

  const removeItem = Effect.fnUntraced(function* (organization: OrganizationId, id: ItemId, how: How) {
    const item = yield* locked(organization, id)
    if (item === null || item.deletedAt !== null) return null
    yield* checkUnchanged(item, how)
    yield* checkEmpty(session, organization, id, "item", id)
    const now = yield* session.now
    // Later than any part was deleted by itself: restoring tells by this time what was deleted with the item.
    const at = Math.max(now, 1 + (yield* latestDeletion(session, organization, id, null)))
    yield* deleteParts(session, organization, id, null, at)
    return yield* update({ ...item, active: false, deletedAt: at, updatedAt: changedAt(now, item) }, "ItemDeleted")
  })

  const restoreItem = Effect.fnUntraced(function* (organization: OrganizationId, id: ItemId, how: How) {
    const item = yield* locked(organization, id)
    if (item === null || item.deletedAt === null) return item
    yield* checkUnchanged(item, how)
    yield* restoreParts(session, organization, id, null, item.deletedAt)
    const now = yield* session.now
    return yield* update({ ...item, active: true, deletedAt: null, updatedAt: changedAt(now, item) }, "ItemRestored")
  })

  const one = (organization: OrganizationId, wanted: Fragment) =>
    Effect.flatMap(session.moment, (now) =>
      session.read(Effect.map(selectItems(session, organization, wanted, now), first))
    )

  return {
    insertItems: (organization, inputs, rule, how) =>
      writing(session, organization, how, insertItems(organization, inputs, rule)),
    updateItem: (organization, id, patch, rule, how) =>
      writing(session, organization, how, updateItem(organization, id, patch, rule, how)),
    removeItem: (organization, id, how) => writing(session, organization, how, removeItem(organization, id, how)),
    restoreItem: (organization, id, how) => writing(session, organization, how, restoreItem(organization, id, how)),
    item: (organization, id) => one(organization, sql`SELECT ${id} AS item`),
    itemBySku: (organization, sku) => {
      const wanted = sql`SELECT id AS item FROM items WHERE organization = ${organization} AND sku = ${sku}`
      return one(organization, wanted)
    },
    items: itemLists(session),
    byBarcode: (organization, barcode) =>
      session.read(
        Effect.map(
          sql<{ readonly item: ItemId; readonly variation: VariationId | null }>`SELECT id AS item, NULL AS variation
              FROM items WHERE organization = ${organization} AND barcode = ${barcode}
            UNION ALL SELECT item, id FROM variations WHERE organization = ${organization} AND barcode = ${barcode}`,
          ([row]) => row ?? null
        )
      )
  }
}

/** Where names are to be unique, those who say so wait for each other. */
const checkNames = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  names: ReadonlyArray<string>,
  { uniqueName }: ItemRule,
  except: number
) {
  if (!uniqueName) return
  yield* session.lock(`item names of ${organization}`)
  const { sql } = session
  const [taken] = yield* sql<{ readonly name: string }>`SELECT name FROM items WHERE organization = ${organization}
    AND ${sql.in("name", names)} AND deleted_at IS NULL AND id <> ${except} LIMIT 1`
  const name = taken?.name ?? names.find((each, index) => names.indexOf(each) < index)
  if (name !== undefined) return yield* new DuplicateName({ of: "item", duplicate: name })
})

const newItem = (organization: OrganizationId, id: ItemId, input: NewItem, now: number) => ({
  id,
  organization,
  name: input.name,
  sku: input.sku ?? null,
  barcode: input.barcode ?? null,
  description: input.description ?? null,
  note: input.note ?? null,
  kind: input.kind ?? null,
  unitPrice: input.unitPrice ?? null,
  unitCost: input.unitCost ?? null,
  hasVariations: input.hasVariations === true || (input.variations ?? []).length > 0,
  hasBatches: input.hasBatches ?? false,
  isKit: false,
  active: true,
  deletedAt: null,
  createdAt: now,
  updatedAt: now,
  createdBy: input.createdBy ?? null
})

const itemRow = (item: Item) => ({
  organization: item.organization,
  id: item.id,
  name: item.name,
  sku: item.sku,
  barcode: item.barcode,
  description: item.description,
  note: item.note,
  kind: item.kind,
  unit_price: item.unitPrice,
  unit_cost: item.unitCost,
  unit: item.unitId,
  category: item.categoryId,
  brand: item.brandId,
  has_variations: item.hasVariations,
  has_batches: item.hasBatches,
  is_kit: item.isKit,
  active: item.active,
  deleted_at: item.deletedAt,
  created_at: item.createdAt,
  updated_at: item.updatedAt,
  created_by: item.createdBy
})

const stockRow = (
  organization: OrganizationId,
  item: number,
  { lowStockThreshold = defaultLowStockThreshold }: NewItem,
  now: number
) => ({
  organization,
  item,
  version: 0,
  active: true,
  opened_at: null,
  low_stock_threshold: lowStockThreshold,
  alert: false,
  clock: now,
  available: 0,
  reserved: 0,
  committed: 0,
  quarantined: 0
})

const first = ([row]: ReadonlyArray<StockedItemRow>) => (row === undefined ? null : toItem(row))
