import {
  type CatalogDriver,
  type How,
  InvalidKit,
  type ItemId,
  type KitComponent,
  misfit,
  type OrganizationId,
  type Quantity,
  UnknownReference,
  type VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { insertRows } from "./insertRows.ts"
import { bumpItem, lockItems } from "./itemLock.ts"
import { checkEmpty } from "./leaves.ts"
import { writing } from "./once.ts"

interface ComponentRow {
  readonly item: ItemId
  readonly variation: VariationId | 0
  readonly quantity: Quantity
}

interface KitRow {
  readonly isKit: boolean | number
  readonly updatedAt: number
}

/** Kits over SQL. Under the locks of the kit and its components nobody makes one of them a kit, or part of another. */
export const sqlKits = (session: Session): Pick<CatalogDriver, "components" | "setComponents"> => {
  const { sql } = session

  const checkComponents = Effect.fnUntraced(function* (
    organization: OrganizationId,
    kit: ItemId,
    components: ReadonlyArray<KitComponent>
  ) {
    const items = yield* sql<{ readonly id: ItemId; readonly isKit: boolean | number }>`SELECT id, is_kit AS "isKit"
      FROM items WHERE organization = ${organization} AND deleted_at IS NULL
        AND ${sql.in(
          "id",
          components.map(({ item }) => item)
        )}`
    const variations = yield* sql<{ readonly id: VariationId; readonly item: ItemId }>`SELECT id, item FROM variations
      WHERE organization = ${organization} AND active = ${true}
        AND ${sql.in("id", [0, ...components.map(({ variation }) => variation ?? 0)])}`
    for (const [index, { item, variation }] of components.entries()) {
      const found = items.find(({ id }) => id === item)
      if (found === undefined) return yield* new UnknownReference({ field: `components.${index}.item`, id: item })
      if (found.isKit) return yield* new InvalidKit({ kit, component: item, reason: "kit" })
      if (variation !== null && !variations.some((each) => each.id === variation && each.item === item)) {
        return yield* new UnknownReference({ field: `components.${index}.variation`, id: variation })
      }
    }
    const [other] = yield* sql<{ readonly kit: ItemId }>`SELECT kit FROM kit_components
      WHERE organization = ${organization} AND item = ${kit} LIMIT 1`
    if (other !== undefined) return yield* new InvalidKit({ kit, component: other.kit, reason: "component" })
  })

  const setComponents = Effect.fnUntraced(function* (
    organization: OrganizationId,
    kit: ItemId,
    components: ReadonlyArray<KitComponent>,
    how: How
  ) {
    yield* lockItems(session, organization, [kit, ...components.map(({ item }) => item)])
    const [row] = yield* sql<KitRow>`SELECT is_kit AS "isKit", updated_at AS "updatedAt" FROM items
      WHERE organization = ${organization} AND id = ${kit} AND deleted_at IS NULL`
    if (row === undefined) return null
    yield* checkUnchanged(row, how)
    const wrong = misfit(kit, components)
    if (wrong !== null) return yield* wrong
    const isKit = components.length > 0
    if (isKit) yield* checkComponents(organization, kit, components)
    if (isKit && !row.isKit) yield* checkEmpty(session, organization, kit, "item", kit)
    const now = yield* session.now
    yield* sql`DELETE FROM kit_components WHERE organization = ${organization} AND kit = ${kit}`
    const rows = components.map(({ item, variation, quantity }, position) => ({
      organization,
      kit,
      position,
      item,
      variation: variation ?? 0,
      quantity
    }))
    yield* insertRows(sql, "kit_components", rows)
    yield* sql`UPDATE items SET is_kit = ${isKit}, updated_at = ${changedAt(now, row)}
      WHERE organization = ${organization} AND id = ${kit}`
    yield* bumpItem(session, organization, kit)
    yield* writeEvent(session, organization, { _tag: "ItemUpdated", id: kit }, now)
    return components
  })

  return {
    components: (organization, kit) =>
      session.read(
        Effect.map(
          sql<ComponentRow>`SELECT item, variation, quantity FROM kit_components
            WHERE organization = ${organization} AND kit = ${kit} ORDER BY position`,
          (rows) => rows.map(({ variation, ...row }) => ({ ...row, variation: variation === 0 ? null : variation }))
        )
      ),
    setComponents: (organization, kit, components, how) =>
      writing(session, organization, how, setComponents(organization, kit, components, how))
  }
}
