import {
  BrandId,
  type CatalogDriver,
  CategoryId,
  DuplicateBarcode,
  DuplicateSku,
  defaultLowStockThreshold,
  type Item,
  ItemId,
  type NewItem,
  type OrganizationId,
  UnitId,
  type UpdateOptions
} from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { bumpItems, lockItem } from "./itemLock.ts"
import {
  type ItemRow,
  itemColumns,
  itemPage,
  type StockedItemRow,
  selectItem,
  toItem,
  withTerms
} from "./itemQueries.ts"
import { type NamedTerm, type TermKind, termsOf } from "./terms.ts"

type ItemDriver = Pick<CatalogDriver, "insertItem" | "updateItem" | "item" | "itemBySku" | "items">

/** Items over SQL. */
export const sqlItems = (session: Session): ItemDriver => {
  const { sql } = session

  /** Another item's claim to the SKU or barcode, deleted ones included. Unique constraints stand behind it. */
  const checkCodes = Effect.fnUntraced(function* (
    organization: OrganizationId,
    { sku = null, barcode = null }: Pick<NewItem, "sku" | "barcode">,
    except: number
  ) {
    if (sku !== null) {
      const taken = yield* sql`SELECT 1 FROM items
        WHERE organization = ${organization} AND sku = ${sku} AND id <> ${except}`
      if (taken.length > 0) return yield* new DuplicateSku({ sku })
    }
    if (barcode !== null) {
      const taken = yield* sql`SELECT 1 FROM items
        WHERE organization = ${organization} AND barcode = ${barcode} AND id <> ${except}`
      if (taken.length > 0) return yield* new DuplicateBarcode({ barcode })
    }
  })

  const insertItem = Effect.fnUntraced(function* (
    organization: OrganizationId,
    input: Parameters<ItemDriver["insertItem"]>[1]
  ) {
    yield* checkCodes(organization, input, 0)
    const terms = yield* termsOf(session, organization, input, null)
    const now = yield* session.now
    const { lowStockThreshold = defaultLowStockThreshold } = input
    const item: Item = {
      id: ItemId.make(yield* session.nextId("item")),
      organization,
      name: input.name,
      sku: input.sku ?? null,
      barcode: input.barcode ?? null,
      description: input.description ?? null,
      note: input.note ?? null,
      kind: input.kind ?? null,
      unitPrice: input.unitPrice ?? null,
      unitCost: input.unitCost ?? null,
      ...termFields(terms),
      hasVariations: input.hasVariations ?? false,
      hasBatches: input.hasBatches ?? false,
      isKit: false,
      active: true,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
      createdBy: input.createdBy ?? null
    }
    yield* sql`INSERT INTO items (organization, id, name, sku, barcode, description, note, kind, unit_price, unit_cost,
        unit, category, brand, has_variations, has_batches, is_kit, active, created_at, updated_at, created_by)
      VALUES (${organization}, ${item.id}, ${item.name}, ${item.sku}, ${item.barcode}, ${item.description},
        ${item.note}, ${item.kind}, ${item.unitPrice}, ${item.unitCost}, ${item.unitId}, ${item.categoryId},
        ${item.brandId}, ${item.hasVariations}, ${item.hasBatches}, ${item.isKit}, ${item.active}, ${now}, ${now},
        ${item.createdBy})`
    yield* sql`INSERT INTO item_stock (organization, item, version, opened_at, low_stock_threshold, alert, clock,
        available, reserved, committed, quarantined)
      VALUES (${organization}, ${item.id}, 0, NULL, ${lowStockThreshold}, ${false}, ${now}, 0, 0, 0, 0)`
    yield* writeEvent(session, organization, { _tag: "ItemCreated", id: item.id }, now)
    return item
  })

  const updateItem = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: ItemId,
    patch: Parameters<ItemDriver["updateItem"]>[2],
    options: UpdateOptions | undefined
  ) {
    if (!(yield* lockItem(session, organization, id))) return null
    const [row] = yield* sql<ItemRow>`SELECT ${sql.literal(itemColumns)} FROM items i ${sql.literal(withTerms)}
      WHERE i.organization = ${organization} AND i.id = ${id}`
    if (row === undefined) return null
    yield* checkUnchanged(row, options)
    yield* checkCodes(organization, patch, id)
    const item = toItem(row)
    const terms = yield* termsOf(session, organization, patch, item)
    const now = yield* session.now
    const changed: Item = { ...item, ...patch, ...termFields(terms), updatedAt: Math.max(now, item.updatedAt + 1) }
    yield* sql`UPDATE items SET name = ${changed.name}, sku = ${changed.sku}, barcode = ${changed.barcode},
        description = ${changed.description}, note = ${changed.note}, kind = ${changed.kind},
        unit_price = ${changed.unitPrice}, unit_cost = ${changed.unitCost}, unit = ${changed.unitId},
        category = ${changed.categoryId}, brand = ${changed.brandId}, has_variations = ${changed.hasVariations},
        has_batches = ${changed.hasBatches}, active = ${changed.active}, updated_at = ${changed.updatedAt}
      WHERE organization = ${organization} AND id = ${id}`
    yield* bumpItems(session, organization, [id])
    yield* writeEvent(session, organization, { _tag: "ItemUpdated", id }, now)
    return changed
  })

  return {
    insertItem: (organization, input) => session.write(insertItem(organization, input)),
    updateItem: (organization, id, patch, options) => session.write(updateItem(organization, id, patch, options)),
    item: (organization, id) =>
      Effect.flatMap(session.moment, (now) =>
        session.read(Effect.map(selectItem(sql, organization, sql`i.id = ${id}`, now), first))
      ),
    itemBySku: (organization, sku) =>
      Effect.flatMap(session.moment, (now) =>
        session.read(Effect.map(selectItem(sql, organization, sql`i.sku = ${sku}`, now), first))
      ),
    items: (filter) =>
      Effect.flatMap(session.moment, (now) => {
        const page = itemPage(session, filter, now)
        return session.snapshot(
          Effect.gen(function* () {
            const [count] = yield* page.count
            const rows = yield* page.rows
            return { rows: rows.map(toItem), total: count?.total ?? 0 }
          })
        )
      })
  }
}

const first = ([row]: ReadonlyArray<StockedItemRow>) => (row === undefined ? null : toItem(row))

const termFields = ({ category, brand, unit }: { readonly [K in TermKind]: NamedTerm | null }) => ({
  unit: unit?.name ?? null,
  unitId: unit === null ? null : UnitId.make(unit.id),
  category: category?.name ?? null,
  categoryId: category === null ? null : CategoryId.make(category.id),
  brand: brand?.name ?? null,
  brandId: brand === null ? null : BrandId.make(brand.id)
})
