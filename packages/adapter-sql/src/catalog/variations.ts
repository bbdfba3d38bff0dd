import {
  type CatalogDriver,
  DuplicateName,
  type How,
  type ItemId,
  type Money,
  type NewVariation,
  type OrganizationId,
  type StockEvent,
  sumOfLeaves,
  type UnitCost,
  UnknownReference,
  type Variation,
  VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { checkCodes } from "./codes.ts"
import { writeEvent, writeEvents } from "./events.ts"
import { insertRows } from "./insertRows.ts"
import { bumpItem, lockItem } from "./itemLock.ts"
import { checkEmpty, leavesOf } from "./leaves.ts"
import { writing } from "./once.ts"
import { totalOf } from "./pages.ts"
import { deleteParts, latestDeletion, restoreParts } from "./parts.ts"
import { anyContains } from "./text.ts"

interface VariationRow extends Omit<Variation, "active" | "batchTracking"> {
  readonly active: boolean | number
  readonly batchTracking: boolean | number
}

/** A variation with what it falls back to. */
interface PricedRow extends VariationRow {
  readonly itemPrice: Money | null
  readonly itemCost: UnitCost | null
}

const toVariation = <R extends VariationRow>(row: R) => ({
  ...row,
  active: Boolean(row.active),
  batchTracking: Boolean(row.batchTracking)
})

const columns = `v.id, v.organization, v.item, v.kind, v.name, v.description, v.note, v.sku, v.barcode, v.price, v.cost,
  v.batch_tracking AS "batchTracking", v.active, v.deleted_at AS "deletedAt", v.created_at AS "createdAt",
  v.updated_at AS "updatedAt", v.created_by AS "createdBy"`

const variationRow = (variation: Variation) => ({
  organization: variation.organization,
  id: variation.id,
  item: variation.item,
  kind: variation.kind,
  name: variation.name,
  description: variation.description,
  note: variation.note,
  sku: variation.sku,
  barcode: variation.barcode,
  price: variation.price,
  cost: variation.cost,
  batch_tracking: variation.batchTracking,
  active: variation.active,
  deleted_at: variation.deletedAt,
  created_at: variation.createdAt,
  updated_at: variation.updatedAt,
  created_by: variation.createdBy
})

/** Inserts variations of items that are locked, or new. */
export const insertVariations = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  inputs: ReadonlyArray<NewVariation & { readonly item: ItemId }>,
  now: number
) {
  const ids = yield* session.nextIds("variation", inputs.length)
  const variations = inputs.map(
    (input, index): Variation => ({
      id: VariationId.make(ids[index] ?? 0),
      organization,
      item: input.item,
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
    })
  )
  yield* insertRows(session.sql, "variations", variations.map(variationRow))
  const events = variations.map(({ id }): StockEvent => ({ _tag: "VariationCreated", id }))
  yield* writeEvents(session, organization, events, now)
  return variations
})

type Named = Pick<NewVariation, "kind" | "name">

/** That no two variations of one new item have one name. */
export const checkNamesAmong = Effect.fnUntraced(function* (variations: ReadonlyArray<Named>) {
  const seen = new Set<string>()
  for (const { kind = null, name } of variations) {
    const full = JSON.stringify([kind, name])
    if (seen.has(full)) return yield* new DuplicateName({ of: "variation", duplicate: name })
    seen.add(full)
  }
})

type VariationDriver = Pick<
  CatalogDriver,
  "insertVariation" | "updateVariation" | "removeVariation" | "restoreVariation" | "variation" | "variations"
>

/** Variations over SQL. */
export const sqlVariations = (session: Session): VariationDriver => {
  const { sql } = session

  const find = (organization: OrganizationId, id: VariationId) =>
    Effect.map(
      sql<VariationRow>`SELECT ${sql.literal(columns)} FROM variations v
        WHERE v.organization = ${organization} AND v.id = ${id}`,
      ([row]) => (row === undefined ? null : toVariation(row))
    )

  /** A variation as it is, with its item locked; `null` when there is none. */
  const locked = Effect.fnUntraced(function* (organization: OrganizationId, id: VariationId) {
    const found = yield* find(organization, id)
    if (found === null || !(yield* lockItem(session, organization, found.item))) return null
    return yield* find(organization, id)
  })

  /** Another's claim to the name. The unique index stands behind it. */
  const checkName = Effect.fnUntraced(function* (
    organization: OrganizationId,
    item: ItemId,
    { kind = null, name }: Named,
    except: number
  ) {
    const taken = yield* sql`SELECT 1 FROM variations WHERE organization = ${organization} AND item = ${item}
      AND coalesce(kind, '') = ${kind ?? ""} AND name = ${name} AND active = ${true} AND id <> ${except}`
    if (taken.length > 0) return yield* new DuplicateName({ of: "variation", duplicate: name })
  })

  const update = Effect.fnUntraced(function* (
    variation: Variation,
    tag: "VariationUpdated" | "VariationDeleted" | "VariationRestored"
  ) {
    const { organization, id, item: _, created_at: __, created_by: ___, ...row } = variationRow(variation)
    yield* sql`UPDATE variations SET ${sql.update(row)} WHERE organization = ${organization} AND id = ${id}`
    yield* bumpItem(session, organization, variation.item)
    yield* writeEvent(session, organization, { _tag: tag, id }, variation.updatedAt)
    return variation
  })

  const insert = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, input: NewVariation) {
    if (!(yield* lockItem(session, organization, item))) return null
    const there = yield* sql`SELECT 1 FROM items
      WHERE organization = ${organization} AND id = ${item} AND deleted_at IS NULL`
    if (there.length === 0) return null
    yield* checkCodes(session, organization, [input], { of: "variation", id: 0 })
    yield* checkName(organization, item, input, 0)
    const [made] = yield* insertVariations(session, organization, [{ ...input, item }], yield* session.now)
    yield* sql`UPDATE items SET has_variations = ${true} WHERE organization = ${organization} AND id = ${item}`
    yield* bumpItem(session, organization, item)
    return made ?? null
  })

  const change = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: VariationId,
    patch: Parameters<VariationDriver["updateVariation"]>[2],
    how: How
  ) {
    const variation = yield* locked(organization, id)
    if (variation === null || !variation.active) return null
    yield* checkUnchanged(variation, how)
    yield* checkCodes(session, organization, [patch], { of: "variation", id })
    const changed = { ...variation, ...patch, updatedAt: changedAt(yield* session.now, variation) }
    yield* checkName(organization, variation.item, changed, id)
    return yield* update(changed, "VariationUpdated")
  })

  const remove = Effect.fnUntraced(function* (organization: OrganizationId, id: VariationId, how: How) {
    const variation = yield* locked(organization, id)
    if (variation === null || !variation.active) return null
    yield* checkUnchanged(variation, how)
    const { item } = variation
    yield* checkEmpty(session, organization, item, "variation", id)
    const now = yield* session.now
    const at = Math.max(now, 1 + (yield* latestDeletion(session, organization, item, id)))
    yield* deleteParts(session, organization, item, id, at)
    return yield* update(
      { ...variation, active: false, deletedAt: at, updatedAt: changedAt(now, variation) },
      "VariationDeleted"
    )
  })

  const restore = Effect.fnUntraced(function* (organization: OrganizationId, id: VariationId, how: How) {
    const variation = yield* locked(organization, id)
    if (variation === null || variation.deletedAt === null) return variation
    yield* checkUnchanged(variation, how)
    const { item } = variation
    const there = yield* sql`SELECT 1 FROM items
      WHERE organization = ${organization} AND id = ${item} AND deleted_at IS NULL`
    if (there.length === 0) return yield* new UnknownReference({ field: "item", id: item })
    yield* checkName(organization, item, variation, id)
    yield* restoreParts(session, organization, item, id, variation.deletedAt)
    const now = yield* session.now
    return yield* update(
      { ...variation, active: true, deletedAt: null, updatedAt: changedAt(now, variation) },
      "VariationRestored"
    )
  })

  /** Variations that match, with their stock, in one snapshot. */
  const stocked = Effect.fnUntraced(function* (organization: OrganizationId, where: Fragment, then: Fragment) {
    const rows = yield* sql<PricedRow>`SELECT ${sql.literal(columns)}, i.unit_price AS "itemPrice",
        i.unit_cost AS "itemCost"
      FROM variations v JOIN items i ON i.organization = v.organization AND i.id = v.item
      WHERE v.organization = ${organization} AND ${where} ${then}`
    const items = Array.from(new Set(rows.map(({ item }) => item)))
    const leaves = yield* leavesOf(session, organization, items, yield* session.moment)
    const leavesByVariation = Map.groupBy(leaves, ({ variation }) => variation)
    return rows.map(({ itemPrice, itemCost, ...row }) => ({
      ...toVariation(row),
      ...sumOfLeaves(leavesByVariation.get(row.id) ?? []),
      effectivePrice: row.price ?? itemPrice,
      effectiveCost: row.cost ?? itemCost
    }))
  })

  return {
    insertVariation: (organization, item, input, how) =>
      writing(session, organization, how, insert(organization, item, input)),
    updateVariation: (organization, id, patch, how) =>
      writing(session, organization, how, change(organization, id, patch, how)),
    removeVariation: (organization, id, how) => writing(session, organization, how, remove(organization, id, how)),
    restoreVariation: (organization, id, how) => writing(session, organization, how, restore(organization, id, how)),
    variation: (organization, id) =>
      session.snapshot(Effect.map(stocked(organization, sql`v.id = ${id}`, sql``), ([row]) => row ?? null)),
    variations: ({ organization, items, active, search, offset, limit }) => {
      const clauses: Array<Fragment> = []
      if (items !== undefined) clauses.push(session.among("v.item", items))
      if (active !== undefined) clauses.push(sql`v.active = ${active}`)
      if (search !== undefined) clauses.push(anyContains(session, ["v.name", "v.sku", "v.barcode"], search))
      const where = clauses.length === 0 ? sql`1 = 1` : sql.and(clauses)
      return session.snapshot(
        Effect.gen(function* () {
          const rows = yield* stocked(organization, where, sql`ORDER BY v.id LIMIT ${limit} OFFSET ${offset}`)
          const count = sql<{ readonly total: number }>`SELECT count(*) AS total FROM variations v
            WHERE v.organization = ${organization} AND ${where}`
          return { rows, total: yield* totalOf({ offset, limit }, rows.length, count) }
        })
      )
    }
  }
}
