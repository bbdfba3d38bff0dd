import {
  type CatalogDriver,
  DuplicateSku,
  defaultLowStockThreshold,
  type Item,
  ItemId,
  type OrganizationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { writeEvent } from "./events.ts"
import { type ItemRow, itemColumns, itemPage, type StockedItemRow, selectItem, toItem } from "./itemQueries.ts"

type ItemDriver = Pick<CatalogDriver, "insertItem" | "updateItem" | "item" | "itemBySku" | "items">

/** Items over SQL. */
export const sqlItems = (session: Session): ItemDriver => {
  const { sql } = session

  /** Another item's claim to the SKU, deleted ones included. The unique constraint stands behind it. */
  const checkSku = Effect.fnUntraced(function* (
    organization: OrganizationId,
    sku: string | null | undefined,
    except: number
  ) {
    if (sku === null || sku === undefined) return
    const taken = yield* sql`SELECT 1 FROM items
      WHERE organization = ${organization} AND sku = ${sku} AND id <> ${except}`
    if (taken.length > 0) return yield* new DuplicateSku({ sku })
  })

  const insertItem = Effect.fnUntraced(function* (
    organization: OrganizationId,
    input: Parameters<ItemDriver["insertItem"]>[1]
  ) {
    yield* checkSku(organization, input.sku, 0)
    const now = yield* session.now
    const { lowStockThreshold = defaultLowStockThreshold } = input
    const item: Item = {
      id: ItemId.make(yield* session.nextId("item")),
      organization,
      name: input.name,
      sku: input.sku ?? null,
      description: input.description ?? null,
      unitPrice: input.unitPrice ?? null,
      unit: input.unit ?? null,
      category: input.category ?? null,
      active: true,
      createdAt: now,
      updatedAt: now,
      createdBy: input.createdBy ?? null
    }
    yield* sql`INSERT INTO items (organization, id, name, sku, description, unit_price, unit, category, active,
        created_at, updated_at, created_by)
      VALUES (${organization}, ${item.id}, ${item.name}, ${item.sku}, ${item.description}, ${item.unitPrice},
        ${item.unit}, ${item.category}, ${item.active}, ${now}, ${now}, ${item.createdBy})`
    yield* sql`INSERT INTO item_stock (organization, item, version, opened_at, low_stock_threshold, alert, clock,
        available, reserved, committed, quarantined)
      VALUES (${organization}, ${item.id}, 0, NULL, ${lowStockThreshold}, ${false}, ${now}, 0, 0, 0, 0)`
    yield* writeEvent(session, organization, { _tag: "ItemCreated", id: item.id }, now)
    return item
  })

  const updateItem = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: ItemId,
    patch: Parameters<ItemDriver["updateItem"]>[2]
  ) {
    const [row] = yield* sql<ItemRow>`SELECT ${sql.literal(itemColumns)} FROM items i
      WHERE i.organization = ${organization} AND i.id = ${id} ${session.forUpdate}`
    if (row === undefined) return null
    yield* checkSku(organization, patch.sku, id)
    const now = yield* session.now
    const changed: Item = { ...toItem(row), ...patch, updatedAt: now }
    yield* sql`UPDATE items SET name = ${changed.name}, sku = ${changed.sku}, description = ${changed.description},
        unit_price = ${changed.unitPrice}, unit = ${changed.unit}, category = ${changed.category},
        active = ${changed.active}, updated_at = ${now}
      WHERE organization = ${organization} AND id = ${id}`
    yield* sql`UPDATE item_stock SET version = version + 1 WHERE organization = ${organization} AND item = ${id}`
    yield* writeEvent(session, organization, { _tag: "ItemUpdated", id }, now)
    return changed
  })

  return {
    insertItem: (organization, input) => session.write(insertItem(organization, input)),
    updateItem: (organization, id, patch) => session.write(updateItem(organization, id, patch)),
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
