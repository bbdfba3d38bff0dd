import {
  type Actor,
  type BrandId,
  Catalog,
  type CategoryId,
  type Listed,
  onHand,
  StockEngine,
  type StockedItem,
  StockQueries,
  type UnitId
} from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { Accounts } from "../../identity/Accounts.ts"
import { invalid, missing } from "../../problems/EnvelopeProblem.ts"
import { acting } from "../acting.ts"
import { newestMovements } from "../newestMovements.ts"
import { changed, costOf, given, ifGiven, priceOf } from "./fields.ts"
import { findItem } from "./finding.ts"
import type { InventoryForm, InventoryPatch } from "./InventoryForms.ts"
import { checkOpening, receiveOpening, writeOffAll } from "./opening.ts"
import { paged, sliceOf } from "./paging.ts"
import { refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { inventoryView, recordView } from "./views.ts"

const acted = acting(refuse)

/** How many of the latest stock records an item's detail has. */
const latest = 20
/** How many variations or batches are read at once. */
const most = 1000

const none = Effect.succeed([])

/** A whole list, read part by part. */
const whole = Effect.fnUntraced(function* <A, E>(
  read: (slice: { readonly offset: number; readonly limit: number }) => Effect.Effect<Listed<A>, E>
) {
  const rows: Array<A> = []
  for (;;) {
    const part = yield* read({ offset: rows.length, limit: most })
    rows.push(...part.rows)
    if (part.rows.length < most) return rows
  }
})

export const inventoryHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.inventories",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const queries = yield* StockQueries
    const accounts = yield* Accounts

    /** Items with all that belongs to them, in a few readings however many they are. */
    const viewed = Effect.fnUntraced(function* ({ organization }: Actor, items: ReadonlyArray<StockedItem>) {
      if (items.length === 0) return []
      const of = { organization, items: items.map(({ id }) => id), active: true }
      const [variations, batches, users, tenant] = yield* Effect.all(
        [
          items.some((item) => item.hasVariations) ? whole((slice) => catalog.variations({ ...of, ...slice })) : none,
          whole((slice) => catalog.batches({ ...of, ...slice })),
          accounts.named(
            organization,
            items.map((item) => item.createdBy)
          ),
          catalog.organization(organization)
        ],
        { concurrency: "unbounded" }
      )
      const variationsOf = Map.groupBy(variations, ({ item }) => item)
      const batchesOf = Map.groupBy(batches, ({ item }) => item)
      return items.map((item) =>
        inventoryView(item, {
          user: users.get(item.createdBy ?? 0) ?? null,
          organization: tenant,
          variations: variationsOf.get(item.id) ?? [],
          batches: batchesOf.get(item.id) ?? []
        })
      )
    })

    const view = Effect.fnUntraced(function* (actor: Actor, id: StockedItem["id"]) {
      const item = yield* catalog.item(actor.organization, id)
      const [shown] = item === null ? [] : yield* viewed(actor, [item])
      return shown ?? (yield* missing("Inventory item not found"))
    })

    return handlers.handleAll({
      list: acted((actor, { query }) =>
        Effect.gen(function* () {
          if (query.stock_status === "low_stock" && given(query.low_stock_threshold) === undefined) {
            return yield* invalid("low_stock_threshold", "The low stock threshold field is required.")
          }
          const slice = sliceOf(query)
          const { rows, total } = yield* catalog.items({
            organization: actor.organization,
            active: true,
            kind: given(query.type),
            categoryId: given(query.category_id) as CategoryId | undefined,
            brandId: given(query.brand_id) as BrandId | undefined,
            unitId: given(query.unit_id) as UnitId | undefined,
            hasVariations: given(query.has_variations),
            hasBatches: given(query.has_batches),
            search: given(query.search),
            searchIn: ["name", "barcode"],
            ...stockBetween(query),
            offset: slice.offset,
            limit: slice.limit
          })
          return withData(paged(yield* viewed(actor, rows), total, slice))
        })
      ),
      get: acted((actor, { params }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const movements = yield* newestMovements(
            queries,
            { organization: actor.organization, item: item.id },
            { offset: 0, limit: latest }
          )
          const records = movements.map((movement) => recordView([movement])).filter((record) => record !== null)
          return withData({ ...(yield* view(actor, item.id)), stock_records: records })
        })
      ),
      create: acted((actor, { payload }) =>
        Effect.gen(function* () {
          const parts = given(payload.variations) ?? []
          yield* checkDifferent(parts)
          const quantities = parts.map((part) => given(part.stock_quantity) ?? 0)
          const own = given(payload.stock_quantity) ?? 0
          yield* checkOpening([own, ...quantities])
          const made = yield* catalog.createItem(
            actor.organization,
            {
              name: payload.name,
              ...itemFields(payload),
              ...(parts.length === 0
                ? {}
                : {
                    variations: parts.map((part) => ({
                      kind: part.variation_type,
                      name: part.variation_value,
                      ...ifGiven("description", part.variation_note),
                      ...ifGiven("price", priceOf(part.variation_price)),
                      ...ifGiven("batchTracking", part.batch_tracking),
                      createdBy: actor.user
                    }))
                  }),
              createdBy: actor.user
            },
            yield* once()
          )
          const { organization } = actor
          const of = { organization, items: [made.id], offset: 0, limit: most }
          const variations = parts.length === 0 ? [] : (yield* catalog.variations(of)).rows
          const openings = [
            { item: made.id, quantity: own },
            ...parts.flatMap((part, index) => {
              const found = variations.find(
                (each) => each.name === part.variation_value && each.kind === part.variation_type
              )
              const quantity = quantities[index] ?? 0
              return found === undefined ? [] : [{ item: made.id, variation: found.id, quantity }]
            })
          ]
          const undo = Effect.andThen(
            catalog.updateItem(organization, made.id, { barcode: null }),
            catalog.removeItem(organization, made.id)
          )
          yield* receiveOpening(engine, actor, openings, undo)
          return withMessage("Inventory item created successfully", yield* view(actor, made.id))
        }).pipe(Effect.uninterruptible)
      ),
      update: acted((actor, { params, payload }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const patch = { ...ifGiven("name", payload.name), ...itemChanges(payload) }
          const after = yield* catalog.updateItem(actor.organization, item.id, patch, yield* onceUnchanged(item))
          if (after === null) return yield* missing("Inventory item not found")
          return withMessage("Inventory item updated successfully", yield* view(actor, item.id))
        })
      ),
      remove: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const options = yield* onceUnchanged(item)
          if (query.force === true && onHand(item) > 0) yield* writeOffAll(engine, actor, item)
          const removed = yield* catalog.removeItem(actor.organization, item.id, options)
          if (removed === null) return yield* missing("Inventory item not found")
          return { success: true as const, message: "Inventory item deleted successfully" }
        })
      )
    })
  })
)

/** The units on hand a stock status stands for. */
const stockBetween = ({
  stock_status,
  low_stock_threshold
}: {
  readonly stock_status?: "in_stock" | "out_of_stock" | "low_stock" | ""
  readonly low_stock_threshold?: number | ""
}): { readonly onHandFrom?: number; readonly onHandTo?: number } => {
  switch (stock_status) {
    case "in_stock":
      return { onHandFrom: 1 }
    case "out_of_stock":
      return { onHandTo: 0 }
    case "low_stock":
      return low_stock_threshold === undefined || low_stock_threshold === "" ? {} : { onHandTo: low_stock_threshold }
    default:
      return {}
  }
}

/** That no two of the variations made with an item are the same. */
const checkDifferent = (
  parts: ReadonlyArray<{ readonly variation_type: string; readonly variation_value: string }>
) => {
  const seen = new Set<string>()
  for (const [index, part] of parts.entries()) {
    const name = JSON.stringify([part.variation_type, part.variation_value])
    if (seen.has(name)) {
      const field = `variations.${index}.variation_value`
      return Effect.fail(invalid(field, "The variation value has already been taken."))
    }
    seen.add(name)
  }
  return Effect.void
}

const itemChanges = (form: typeof InventoryPatch.Type) => ({
  ...changed("kind", form.type),
  ...changed("unitPrice", form.default_price === null ? null : priceOf(form.default_price)),
  ...changed("unitCost", form.default_cost_price === null ? null : costOf(form.default_cost_price)),
  ...changed("unitId", form.unit_id),
  ...changed("categoryId", form.category_id),
  ...changed("brandId", form.brand_id),
  ...changed("barcode", form.qr_code),
  ...ifGiven("hasVariations", form.has_variations),
  ...ifGiven("hasBatches", form.has_batches),
  ...changed("note", form.note)
})

const itemFields = (form: typeof InventoryForm.Type) => ({
  ...ifGiven("kind", form.type),
  ...ifGiven("unitPrice", priceOf(form.default_price)),
  ...ifGiven("unitCost", costOf(form.default_cost_price)),
  ...ifGiven("unitId", form.unit_id),
  ...ifGiven("categoryId", form.category_id),
  ...ifGiven("brandId", form.brand_id),
  ...ifGiven("barcode", form.qr_code),
  ...ifGiven("hasVariations", form.has_variations),
  ...ifGiven("hasBatches", form.has_batches),
  ...ifGiven("note", form.note)
})
