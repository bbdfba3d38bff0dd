import { Catalog, noLevels, onHand, StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { invalidId, missing } from "../../problems/EnvelopeProblem.ts"
import { acting } from "../acting.ts"
import { changed, given, ifGiven, priceOf } from "./fields.ts"
import { findItem, findVariation, namedItem } from "./finding.ts"
import type { VariationForm, VariationPatch } from "./InventoryForms.ts"
import { checkOpening, receiveOpening, writeOffAll } from "./opening.ts"
import { partOf } from "./paging.ts"
import { refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { variationView } from "./views.ts"

const acted = acting(refuse)

export const variationHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.variations",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine

    return handlers.handleAll({
      list: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const { rows } = yield* catalog.variations({
            organization: actor.organization,
            items: [item.id],
            active: true,
            ...partOf(query)
          })
          return withData(rows.map((variation) => variationView(variation, item, variation.levels)))
        })
      ),
      get: acted((actor, { params }) =>
        Effect.gen(function* () {
          const variation = yield* findVariation(catalog, actor, params.id)
          const item = yield* findItem(catalog, actor, variation.item)
          const view = variationView(variation, item, variation.levels)
          return withData({ ...view, inventory: { id: item.id, name: item.name } })
        })
      ),
      create: acted((actor, { payload }) =>
        Effect.gen(function* () {
          const item = yield* namedItem(catalog, actor, payload.inventory_id)
          const quantity = given(payload.stock_quantity) ?? 0
          yield* checkOpening([quantity, onHand(item)])
          const { organization } = actor
          const made = yield* catalog.createVariation(
            organization,
            item.id,
            { name: payload.variation_value, ...variationFields(payload), createdBy: actor.user },
            yield* once()
          )
          if (made === null) return yield* invalidId("inventory_id")
          const undo = catalog.removeVariation(organization, made.id)
          yield* receiveOpening(engine, actor, [{ item: item.id, variation: made.id, quantity }], undo)
          const levels = { ...noLevels, available: quantity }
          return withMessage("Variation created successfully", variationView(made, item, levels))
        }).pipe(Effect.uninterruptible)
      ),
      update: acted((actor, { params, payload }) =>
        Effect.gen(function* () {
          const variation = yield* findVariation(catalog, actor, params.id)
          const item = yield* findItem(catalog, actor, variation.item)
          const patch = { ...ifGiven("name", payload.variation_value), ...variationChanges(payload) }
          const options = yield* onceUnchanged(variation)
          const after = yield* catalog.updateVariation(actor.organization, variation.id, patch, options)
          if (after === null) return yield* missing("Variation not found")
          return withMessage("Variation updated successfully", variationView(after, item, variation.levels))
        })
      ),
      remove: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const variation = yield* findVariation(catalog, actor, params.id)
          const item = yield* findItem(catalog, actor, variation.item)
          const options = yield* onceUnchanged(variation)
          if (query.force === true && onHand(variation.levels) > 0) {
            yield* writeOffAll(engine, actor, item, { variation: variation.id })
          }
          const removed = yield* catalog.removeVariation(actor.organization, variation.id, options)
          if (removed === null) return yield* missing("Variation not found")
          return { success: true as const, message: "Variation deleted successfully" }
        })
      )
    })
  })
)

const variationChanges = (form: typeof VariationPatch.Type) => ({
  ...changed("kind", form.variation_type),
  ...changed("description", form.variation_note),
  ...changed("price", form.variation_price === null ? null : priceOf(form.variation_price)),
  ...ifGiven("batchTracking", form.batch_tracking),
  ...changed("note", form.note)
})

const variationFields = (form: typeof VariationForm.Type) => ({
  ...ifGiven("kind", form.variation_type),
  ...ifGiven("description", form.variation_note),
  ...ifGiven("price", priceOf(form.variation_price)),
  ...ifGiven("batchTracking", form.batch_tracking),
  ...ifGiven("note", form.note)
})
